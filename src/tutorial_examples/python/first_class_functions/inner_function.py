"""Define a function inside another.

Try it with `from inner_function import double_and_add`.
"""


def double_and_add(x, y):
    """Return twice x, plus y."""

    def times_two(z):
        return z * 2

    return times_two(x) + y
