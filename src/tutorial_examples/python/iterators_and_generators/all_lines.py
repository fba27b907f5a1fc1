"""Put lines together from bytes that come in pieces, the last one too.

Use it with `from all_lines import all_lines`.
"""


def all_lines(pieces):
    """Yield the text of each line, also of a last one that has no line end."""
    buffer = b""
    for piece in pieces:
        buffer += piece
        while b"\n" in buffer:
            line, _, buffer = buffer.partition(b"\n")
            yield line.decode()
    if buffer:
        yield buffer.decode()
