"""Messages that begin with their length in four bytes, without sockets.

Import it: `from length_protocol import LengthProtocol`.
"""

LONGEST = 1_000_000


class LengthProtocol:
    """What one side receives."""

    def __init__(self) -> None:
        self._buffer = b""

    def receive(self, piece: bytes) -> list[bytes]:
        """Take a piece as it came in, and return the messages that are complete now.

        Raises:
            ValueError: A message claims to have more than `LONGEST` bytes.
        """
        self._buffer += piece
        messages = []
        while len(self._buffer) >= 4:
            length = int.from_bytes(self._buffer[:4], "big")
            if length > LONGEST:
                raise ValueError(f"a message of {length} bytes, and {LONGEST} are allowed")
            if len(self._buffer) < 4 + length:
                break
            messages.append(self._buffer[4 : 4 + length])
            self._buffer = self._buffer[4 + length :]
        return messages
