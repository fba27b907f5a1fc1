"""Find the mean of some numbers.

Use it with `from mean import mean`.
"""


def mean(numbers):
    """Return the arithmetic mean of a list of numbers, or None if it is empty."""
    if not numbers:
        return None
    return sum(numbers) / len(numbers)
