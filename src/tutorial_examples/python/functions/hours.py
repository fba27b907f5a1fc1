"""Turn minutes into hours and minutes.

Try it with `from hours import hours_and_minutes`.
"""


def hours_and_minutes(minutes):
    """Return how many whole hours these minutes are, and how many minutes are left."""
    return minutes // 60, minutes % 60
