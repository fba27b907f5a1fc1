"""Tell who was invited and did not come.

Use it with `from absent import absent`.
"""


def absent(invited, came):
    """Return a sorted list of those who are only in the first list."""
    return sorted(set(invited) - set(came))
