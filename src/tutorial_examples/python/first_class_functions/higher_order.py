"""Small functions to hand to `map`, `filter` and `reduce`.

Try them with `from higher_order import double, is_even, plus`.
"""


def double(x):
    """Return twice x."""
    return 2 * x


def is_even(x):
    """Return whether a whole number is even."""
    return x % 2 == 0


def plus(x, y):
    """Return the sum of two numbers, or one string joined to another."""
    return x + y
