"""Copy a text, with a number before each line.

Start it with `python number_lines.py SOURCE TARGET`.
"""

import sys
from pathlib import Path


def number_lines(source_name, target_name):
    """Write the lines of one file into another, numbered from 1."""
    with (
        Path(source_name).open(encoding="utf-8") as source,
        Path(target_name).open("w", encoding="utf-8") as target,
    ):
        for number, line in enumerate(source, start=1):
            print(number, line, end="", file=target)


if __name__ == "__main__":
    number_lines(*sys.argv[1:])
