"""Read lines, and print them in the reverse order.

Start it with `python backwards.py`. Ctrl-D ends the input.
"""

lines = []

while True:
    try:
        lines.append(input("Line: "))
    except EOFError:
        break

print()
for line in lines[::-1]:
    print(line)
