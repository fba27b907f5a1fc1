"""How many strings five assignments leave, and which names refer to which.

Start it with `python -i arrows.py`, and look at the names.
"""

strings = 2
last_a = "two"
last_b = "one"
last_c = "one"
