"""Print the numbers from 1 to 9.

Start it with `python while_loop.py`, or see with `import while_loop` what becomes of x.
"""

x = 1
while x < 10:
    print(x)
    x = x + 1
