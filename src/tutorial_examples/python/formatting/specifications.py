"""One number, written in five ways.

Start it with `python -i specifications.py`, and look at the names.
"""

x = 1234.5678
short = f"{x:.1f}"
grouped = f"{x:,.2f}"
padded = f"{x:8.0f}"
zeros = f"{x:08.0f}"
boxed = f"[{x:<10.3f}]"
