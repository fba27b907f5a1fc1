"""Count down to zero.

Start it with `python countdown.py`.
"""

print(3, 2, 1, "go!", sep=" - ")
