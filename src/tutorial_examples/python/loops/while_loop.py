"""Count, and print each number.

Start it with `python while_loop.py`.
"""

x = 1
while x < 10:
    print(x)
    x = x + 1
