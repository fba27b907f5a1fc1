"""Send 2000 letters, and receive until all 2000 have come back.

Start `upper_server.py` first, then `python whole_client.py` in a second
terminal.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def receive_exactly(sock: socket.socket, count: int) -> bytes:
    """Receive `count` bytes, in as many pieces as they come.

    Raises:
        EOFError: The stream ended before `count` bytes had come.
    """
    data = b""
    while len(data) < count:
        piece = sock.recv(count - len(data))
        if not piece:
            raise EOFError(f"the stream ended after {len(data)} of {count} bytes")
        data += piece
    return data


def main() -> None:
    """Connect, send all, receive all."""
    message = b"x" * 2000
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(SERVER)
        sock.sendall(message)
        data = receive_exactly(sock, len(message))
        print(f"Sent {len(message)} bytes, got {len(data)} back")


if __name__ == "__main__":
    main()
