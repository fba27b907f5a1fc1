"""Print a line before and a line after what is done.

Use it with `from framed import framed`.
"""

from contextlib import contextmanager


@contextmanager
def framed(title):
    """Frame what the body of the `with` prints."""
    print("---", title)
    try:
        yield title.upper()
    finally:
        print("--- end")
