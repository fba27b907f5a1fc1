"""Show bytes as tools for the network do.

Start it with `python hex_dump.py FILE`.
"""

import sys
from pathlib import Path


def hex_dump(data: bytes) -> str:
    """Lines with the position, sixteen bytes in base 16, and those of them that are ASCII."""
    lines = []
    for start in range(0, len(data), 16):
        row = data[start : start + 16]
        text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        lines.append(f"{start:08x}  {row.hex(' '):47}  {text}\n")
    return "".join(lines)


if __name__ == "__main__":
    print(hex_dump(Path(sys.argv[1]).read_bytes()), end="")
