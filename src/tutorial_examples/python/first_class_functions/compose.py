"""Make one function of two.

Use it with `from compose import compose`.
"""


def compose(outer, inner):
    """Return a function that calls inner, and then outer with the result."""
    return lambda x: outer(inner(x))
