"""Add up the numbers that you type, one a line.

Start it with `python total.py`. Ctrl-D ends the input.
"""

total = 0.0

while True:
    try:
        line = input("Number: ")
    except EOFError:
        break
    total += float(line)

print()
print("Total:", total)
