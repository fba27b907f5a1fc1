"""Name a number and print it.

Use it with `import counting`.
"""

n = 1
print(n)
