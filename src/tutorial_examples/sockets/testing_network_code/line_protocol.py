"""The upper-case service line by line, without sockets.

Import it: `from line_protocol import LineProtocol`.
"""

LONGEST = 1000


class LineProtocol:
    """One client's conversation."""

    def __init__(self) -> None:
        self._buffer = b""

    def receive(self, piece: bytes) -> bytes:
        """Take a piece as it came in, and return what is to be sent.

        Raises:
            ValueError: A line has more than `LONGEST` bytes, or is no text.
        """
        self._buffer += piece
        *lines, self._buffer = self._buffer.split(b"\n")
        if any(len(line) > LONGEST for line in [*lines, self._buffer]):
            raise ValueError(f"a line of more than {LONGEST} bytes")
        return b"".join(line.decode().upper().encode() + b"\n" for line in lines)

    def end(self) -> None:
        """Take the end of the stream.

        Raises:
            EOFError: It came in the middle of a line.
        """
        if self._buffer:
            raise EOFError(f"the stream ended after {len(self._buffer)} bytes of a line")
