"""Do a thing twice.

Use it with `from twice import twice`, and write `@twice` above a `def`.
"""


def twice(function):
    """Return a function that calls this one, and once more with the result."""

    def call(x):
        return function(function(x))

    return call
