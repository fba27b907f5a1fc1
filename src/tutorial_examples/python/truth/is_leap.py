"""Tell leap years from others.

Use it with `from is_leap import is_leap`.
"""


def is_leap(year):
    """Say whether the year has a 29th of February."""
    return (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
