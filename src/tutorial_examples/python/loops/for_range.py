"""Print the numbers below 5.

Start it with `python for_range.py`.
"""

for x in range(5):
    print(x)
