"""Greet whoever types a name.

Start it with `python greet.py`.
"""

name = input("Name: ")
print("Hello,", name.title())
