"""Count what passes a test.

Use it with `from count_matching import count_matching`.
"""


def count_matching(test, items):
    """Return for how many of the items the test returns something true."""
    return len([item for item in items if test(item)])
