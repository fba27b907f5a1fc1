"""Count the steps of a number to 1.

Use it with `from steps import steps`.
"""


def steps(n):
    """Return how often to halve n if it is even, or take 3 * n + 1 if it is odd, until it is 1."""
    count = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        count += 1
    return count
