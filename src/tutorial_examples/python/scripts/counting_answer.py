"""How often `counting.py` runs in the session, and what is there in the end.

Use it with `import counting_answer`.
"""

runs = 2
n = 5
module_n = 1
