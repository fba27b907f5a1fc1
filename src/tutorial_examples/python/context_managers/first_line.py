"""Read the first line of a file.

Use it with `from first_line import first_line`.
"""

from contextlib import suppress
from pathlib import Path


def first_line(path):
    """Return the first line without its end; '' if there is no line or no file."""
    with suppress(FileNotFoundError), Path(path).open(encoding="utf-8") as file:
        return file.readline().rstrip("\n")
    return ""
