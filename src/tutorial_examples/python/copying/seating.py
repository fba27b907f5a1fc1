"""Seat guests: type a table and a name, or `undo` to take the last one back.

Start it with `python seating.py`. Ctrl-D ends it.
"""

from copy import deepcopy

tables = {}
history = []

while True:
    try:
        entry = input("Seat: ")
    except EOFError:
        break
    table, _, guest = entry.partition(" ")
    if guest:
        history.append(deepcopy(tables))
        tables.setdefault(table, []).append(guest)
    elif entry == "undo" and history:
        tables = history.pop()
    print(tables)

print()
