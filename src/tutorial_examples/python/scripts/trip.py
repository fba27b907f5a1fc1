"""Work out the speed of a trip.

Start it with `python trip.py`.
"""

kilometres = 42
hours = 3
speed = kilometres / hours
print(speed, "km/h")
