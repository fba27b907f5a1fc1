"""Know how many days February has.

Use it with `from february import february`.
"""


def february(year):
    """Return the number of days in February of a year."""
    if year % 400 == 0:
        return 29
    elif year % 100 == 0:
        return 28
    elif year % 4 == 0:
        return 29
    else:
        return 28
