"""Cut a text so that it fits into a number of bytes.

Use it with `from fitting import fitting`.
"""


def fitting(text, size):
    """Return the longest beginning of the text that takes at most size bytes in UTF-8."""
    return text.encode()[:size].decode(errors="ignore")
