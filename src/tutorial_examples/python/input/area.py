"""Ask for the width and the height of a rectangle, and print its area.

Start it with `python area.py`.
"""

width = float(input("Width: "))
height = float(input("Height: "))

print("Area:", width * height)
