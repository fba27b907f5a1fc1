"""Compare two objects.

Try it with `import function_basics`.
"""


def max(x, y):
    """Return the larger of two objects."""
    if x < y:
        return x
    else:
        return y
