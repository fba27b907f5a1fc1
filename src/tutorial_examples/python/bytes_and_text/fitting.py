"""Cut a text so that it fits into a number of bytes.

Use it with `from fitting import fitting`.
"""


def fitting(text, size):
    """Return as much of the text as size bytes of UTF-8 hold."""
    return text.encode()[:size].decode(errors="ignore")
