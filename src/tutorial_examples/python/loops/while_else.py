"""Try a loop with an else.

Start it with `python while_else.py`.
"""

x = 1
while x < 3:
    print(x)
    x = x + 1
else:
    print("hello")
