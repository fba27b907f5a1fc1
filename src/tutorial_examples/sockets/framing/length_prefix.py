"""Messages that begin with their length, in four bytes.

`python length_prefix.py` sends two of them from one socket to another.
"""

import socket

LONGEST = 1_000_000


# [send_message]
def send_message(sock: socket.socket, message: bytes) -> None:
    """Send the message's length in four bytes, big-endian, and then the message.

    Raises:
        ValueError: The message has more than `LONGEST` bytes.
    """
    if len(message) > LONGEST:
        raise ValueError(f"a message of {len(message)} bytes, and {LONGEST} are allowed")
    sock.sendall(len(message).to_bytes(4, "big") + message)


# [/send_message]


# [receive_message]
def receive_exactly(sock: socket.socket, count: int) -> bytes:
    """Receive `count` bytes, in as many pieces as they come.

    Raises:
        EOFError: The stream ended before `count` bytes had come.
    """
    buffer = b""
    while len(buffer) < count:
        piece = sock.recv(min(count - len(buffer), 65536))
        if not piece:
            raise EOFError(f"the stream ended after {len(buffer)} of {count} bytes")
        buffer += piece
    return buffer


def receive_message(sock: socket.socket) -> bytes:
    """Receive one message as `send_message` sends it.

    Raises:
        ValueError: The message has more than `LONGEST` bytes.
        EOFError: The stream ended before the message was complete.
    """
    length = int.from_bytes(receive_exactly(sock, 4), "big")
    if length > LONGEST:
        raise ValueError(f"a message of {length} bytes, and {LONGEST} are allowed")
    return receive_exactly(sock, length)


# [/receive_message]


def main() -> None:
    """Send two messages in one direction, and receive them at the other end."""
    left, right = socket.socketpair()
    with left, right:
        send_message(left, b"one")
        send_message(left, b"two\nlines")
        print(receive_message(right))
        print(receive_message(right))


if __name__ == "__main__":
    main()
