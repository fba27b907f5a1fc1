"""Turn a price into cents.

Start it with `python -i cents.py`, and look at the names.
"""

price = 19.99

cents = round(price * 100)
