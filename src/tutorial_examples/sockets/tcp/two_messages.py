"""Send two messages with two calls, and close the connection.

Start a server first, then `python two_messages.py` in a second terminal.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def main() -> None:
    """Connect, send twice, close."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(SERVER)
        sock.sendall(b"one")
        sock.sendall(b"two")
    print("Sent one, sent two, closed")


if __name__ == "__main__":
    main()
