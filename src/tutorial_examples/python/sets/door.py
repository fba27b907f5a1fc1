"""Greet visitors, those who come again in another way.

Start it with `python door.py`. Ctrl-D ends it.
"""

visitors = set()

while True:
    try:
        name = input("Name: ")
    except EOFError:
        break
    if name in visitors:
        print(f"Welcome back, {name}")
    else:
        print(f"Welcome, {name}")
    visitors.add(name)

print()
print(len(visitors), "visitors")
