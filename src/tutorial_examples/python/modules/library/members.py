"""Know who is a member of the library.

`import library.members` fails.
"""

from .loans import loans_of


def greeting(name):
    """Return a line for the door."""
    return f"Hello {name}, you have {loans_of(name)} books"


def is_member(name):
    """Return whether the library knows this name."""
    return name in ["Ann", "Bob"]
