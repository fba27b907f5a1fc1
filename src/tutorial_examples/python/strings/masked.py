"""Show only the end of a card number.

Try it with `from masked import masked`.
"""


def masked(number):
    """Return the number with a star for each character but the last four."""
    return "*" * (len(number) - 4) + number[-4:]
