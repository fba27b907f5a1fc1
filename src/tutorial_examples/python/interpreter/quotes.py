"""Print three lines that look like code.

Start it with `python quotes.py`.
"""

print("3 + 7")
print("'3 + 7'")
print("print(3 + 7)")
