"""Print the elements of a list.

Start it with `python for_list.py`.
"""

for x in [1, 7, 13, 2]:
    print(x)
