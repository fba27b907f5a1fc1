"""Return a function from another.

Try it with `from make_adder import make_adder`.
"""


def make_adder(x):
    """Return a function that adds x to what it is given."""

    def add(y):
        return x + y

    return add
