"""Ask for a name, and greet even somebody who gives none.

Start it with `python greet.py`.
"""

name = input("Name: ").strip() or "stranger"
print(f"Hello, {name}")
