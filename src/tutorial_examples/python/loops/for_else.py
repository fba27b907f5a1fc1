"""Try a for loop with an else and a break.

Start it with `python for_else.py`.
"""

for x in range(5):
    print(x)
    break
else:
    print("i got here")
