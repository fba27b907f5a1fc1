"""Add up amounts, one at a time.

Use it with `from make_total import make_total`.
"""


def make_total():
    """Return a function that adds up amounts and returns the sum so far."""
    total = 0

    def add(amount):
        nonlocal total
        total += amount
        return total

    return add
