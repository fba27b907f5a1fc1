"""Print the numbers of a range.

Start it with `python for_range.py`.
"""

for x in range(5):
    print(x)
