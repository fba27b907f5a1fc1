"""Find the first element of a list that may be empty.

Use it with `from first import first`.
"""


def first(items, default):
    """Return the first of the items, or the default if there are none."""
    return (items or [default])[0]
