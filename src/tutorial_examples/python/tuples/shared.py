"""Say what `a` and `b` are in the end.

Use it with `import shared`.
"""

a = ("x", [1, 2], "y")
b = ("x", [1, 2])
