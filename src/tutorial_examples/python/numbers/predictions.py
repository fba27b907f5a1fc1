"""What five expressions will be, written down before they are tried.

Start it with `python -i predictions.py`, and try the expressions.
"""

divided = 2.0
floored = 3.0
power = 0.5
doubled = 14
repeated = "77"
