"""The upper-case service without sockets, which takes each piece for a line: a mistake.

Import it: `from naive_protocol import LineProtocol`.
"""


class LineProtocol:
    """One client's conversation."""

    def receive(self, piece: bytes) -> bytes:
        """Take a piece as it came in, and return what is to be sent."""
        return piece.removesuffix(b"\n").upper() + b"\n"
