"""Cut a text into pieces.

Use it with `from pieces import pieces`.
"""


def pieces(text, size):
    """Return the text in pieces of `size` characters; the last may be shorter."""
    return [text[start : start + size] for start in range(0, len(text), size)]
