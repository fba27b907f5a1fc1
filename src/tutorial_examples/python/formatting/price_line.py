"""Write a name and a price as one line of a list.

Try it with `from price_line import price_line`.
"""


def price_line(name, price):
    """Return the name in 20 columns and the price, with two decimals, in 8."""
    return f"{name:20}{price:8.2f}"
