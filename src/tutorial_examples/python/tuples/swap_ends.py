"""Let the first and the last element of a tuple change places.

Try it with `from swap_ends import swap_ends`.
"""


def swap_ends(items):
    """Return a new tuple; there must be two elements at least."""
    first, *middle, last = items
    return (last, *middle, first)
