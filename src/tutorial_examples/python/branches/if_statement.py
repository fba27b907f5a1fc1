"""Choose one of three ways to work out y from x, and print y and its sine.

Start it with `python if_statement.py`.
"""

import math

x = 30
if x <= 15:
    y = x + 15
elif x <= 30:
    y = x + 30
else:
    y = x
print(f"y = {y}, sin(y) = {math.sin(y):.4f}")
