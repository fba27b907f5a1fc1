"""Make a board for noughts and crosses.

Use it with `from new_board import new_board`.
"""


def new_board():
    """Return three rows of three blanks, each row a list of its own."""
    return [[" "] * 3 for n in range(3)]
