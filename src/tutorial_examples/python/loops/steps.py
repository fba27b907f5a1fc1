"""Count the steps of a number to 1.

Use it with `from steps import steps`.
"""


def steps(n):
    """Count the steps to 1: n // 2 follows an even n, 3 * n + 1 an odd one."""
    count = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        count += 1
    return count
