"""Keep a shopping list: type what to buy, or a minus and what not to buy after all.

Start it with `python shopping_list.py`. Ctrl-D ends it.
"""

items = []

while True:
    try:
        entry = input("Item: ")
    except EOFError:
        break
    name = entry.removeprefix("-").strip()
    if entry.startswith("-") and name in items:
        items.remove(name)
    elif entry.startswith("-"):
        print(name, "is not on the list")
    elif name in items:
        print(name, "is on the list already")
    elif name:
        items.append(name)

print()
print(len(items), "to buy:", ", ".join(sorted(items)))
