"""Save what a URL leads to in a file, without ever holding all of it.

Start `practice_server.py` first, then
`python download.py http://127.0.0.1:8000/numbers numbers.txt`.
"""

import sys
import urllib.request
from pathlib import Path

LARGEST = 10_000_000  # bytes


def main() -> None:
    """Copy piece by piece, and give up if it gets too much."""
    url, name = sys.argv[1:]
    size = 0
    with urllib.request.urlopen(url, timeout=5) as answer, Path(name).open("wb") as file:
        while piece := answer.read(65536):
            size += len(piece)
            if size > LARGEST:
                raise ValueError(f"{url} has more than {LARGEST} bytes")
            file.write(piece)
    print(f"{size} bytes")


if __name__ == "__main__":
    main()
