"""Make one function of two.

Use it with `from compose import compose`.
"""


def compose(outer, inner):
    """Return a function that calls the inner function, and the outer one with its result."""
    return lambda x: outer(inner(x))
