"""Count down: a first try, in which something is missing.

Start it with `python first_try.py`.
"""

"3 - 2 - 1 - go!"
