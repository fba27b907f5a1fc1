"""Add a line to a text file.

Use it with `from add_line import add_line`.
"""

from pathlib import Path


def add_line(name, text):
    """Add the text and a line end to the file, which is made if it is not there."""
    with Path(name).open("a", encoding="utf-8") as file:
        print(text, file=file)
