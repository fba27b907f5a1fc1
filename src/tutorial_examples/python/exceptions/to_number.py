"""Read a number that may have a comma for a point.

Use it with `from to_number import to_number`.
"""


def to_number(text):
    """Return the number in the text, or None if there is none."""
    text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None
