"""Print two numbers, and what the loop says when it ends by itself.

Start it with `python while_else.py`.
"""

x = 1
while x < 3:
    print(x)
    x = x + 1
else:
    print("hello")
