"""Messages that begin with their length, written to files and read from them.

`python length_prefix.py` sends two of them from one socket to another.
"""

import socket
import struct
from typing import IO

LONGEST = 1_000_000


# [messages]
def write_message(file: IO[bytes], message: bytes) -> None:
    """Write the message's length in four bytes, big-endian, then the message, and send both.

    Raises:
        ValueError: The message has more than `LONGEST` bytes.
    """
    if len(message) > LONGEST:
        raise ValueError(f"a message of {len(message)} bytes, and {LONGEST} are allowed")
    file.write(struct.pack("!I", len(message)))
    file.write(message)
    file.flush()


def read_exactly(file: IO[bytes], count: int) -> bytes:
    """Read `count` bytes.

    Raises:
        EOFError: The stream ended before.
    """
    data = file.read(count)
    if len(data) < count:
        raise EOFError(f"the stream ended after {len(data)} of {count} bytes")
    return data


def read_message(file: IO[bytes]) -> bytes:
    """Read one message as `write_message` writes it.

    Raises:
        ValueError: The message has more than `LONGEST` bytes.
        EOFError: The stream ended before the message was complete.
    """
    (length,) = struct.unpack("!I", read_exactly(file, 4))
    if length > LONGEST:
        raise ValueError(f"a message of {length} bytes, and {LONGEST} are allowed")
    return read_exactly(file, length)


# [/messages]


def main() -> None:
    """Send two messages in one direction, and receive them at the other end."""
    left, right = socket.socketpair()
    with left, right, left.makefile("wb") as writer, right.makefile("rb") as reader:
        write_message(writer, b"one")
        write_message(writer, b"two\nlines")
        print(read_message(reader))
        print(read_message(reader))


if __name__ == "__main__":
    main()
