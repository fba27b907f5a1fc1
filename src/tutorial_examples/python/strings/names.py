"""Say what `a` and `b` are in the end, and how many strings there have been.

Use it with `import names`.
"""

a = "TEA!"
b = "tea"
strings = 4
nameless = 2
