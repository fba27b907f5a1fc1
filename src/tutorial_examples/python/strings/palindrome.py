"""Tell whether a text reads the same backwards.

Try it with `from palindrome import is_palindrome`.
"""


def is_palindrome(text):
    """Return whether it reads the same backwards, spaces and capitals aside."""
    letters = text.replace(" ", "").lower()
    return letters == letters[::-1]
