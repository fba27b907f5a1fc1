"""Read scores, one a line, and print the three best.

Start it with `python three_best.py`. Ctrl-D ends it.
"""

scores = []

while True:
    try:
        scores.append(int(input("Score: ")))
    except EOFError:
        break

print()
print("Best:", sorted(scores, reverse=True)[:3])
