"""Find the longest line of a text file.

Use it with `from longest_line import longest_line`.
"""

from pathlib import Path


def longest_line(name):
    """Return the first of the longest lines, without its line end."""
    longest = ""
    with Path(name).open(encoding="utf-8") as file:
        for line in file:
            text = line.rstrip("\n")
            if len(text) > len(longest):
                longest = text
    return longest
