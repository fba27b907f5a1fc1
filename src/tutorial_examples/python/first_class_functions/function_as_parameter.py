"""Hand a function to another one.

Try it with `from function_as_parameter import apply, square`.
"""


def apply(function, value):
    """Call the function with the value, and return what it returns."""
    return function(value)


def square(x):
    """Return the square of a number."""
    return x * x
