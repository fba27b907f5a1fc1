"""Split a number of seconds into hours, minutes and seconds.

Start it with `python -i clock.py`, and look at the names.
"""

seconds = 98765

hours = seconds // 3600
minutes = seconds % 3600 // 60
rest = seconds % 60
