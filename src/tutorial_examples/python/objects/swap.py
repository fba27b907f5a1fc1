"""Exchange what two names refer to.

Start it with `python -i swap.py`, and look at the names.
"""

left = "tea"
right = "coffee"

kept = left
left = right
right = kept
