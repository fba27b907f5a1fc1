"""Leave a for loop by break, so that its else is not run.

Start it with `python for_else.py`.
"""

for x in range(5):
    print(x)
    break
else:
    print("i got here")
