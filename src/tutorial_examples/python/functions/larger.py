"""Find the larger of two objects.

Use it with `from larger import larger`.
"""


def larger(x, y):
    """Return the larger of two objects, or the first if they are equal."""
    if x < y:
        return y
    else:
        return x
