"""Turn a dictionary round, so that its keys are found by its values.

Use it with `from invert import invert`.
"""


def invert(d):
    """Return a new dictionary with the values as keys."""
    return {value: key for key, value in d.items()}
