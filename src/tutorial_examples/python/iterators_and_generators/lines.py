"""Put lines together from bytes that come in pieces.

Start it with `python lines.py`, or use it with `from lines import lines`.
"""


def lines(pieces):
    """Yield the text of each line that ends in the pieces, without its line end."""
    buffer = b""
    for piece in pieces:
        buffer += piece
        while b"\n" in buffer:
            line, _, buffer = buffer.partition(b"\n")
            yield line.decode()


def arriving():
    """Yield some pieces, and print each when it is fetched."""
    for piece in [b"HELLO caf", b"\xc3", b"\xa9\nSEND 1\nSE", b"ND 2\nQUI", b"T\n"]:
        print(f"({piece!r})")
        yield piece


if __name__ == "__main__":
    for line in lines(arriving()):
        print("line:", line)
