"""Try a loop with an else and a break.

Start it with `python while_else_break.py`.
"""

x = 1
while x < 5:
    print(x)
    x = x + 1
    break
else:
    print("i got here")
