"""Compare the letters of two words.

Use it with `from same_letters import same_letters`.
"""


def same_letters(one, other):
    """Return whether both words have the same letters, however often."""
    return set(one) == set(other)
