"""Send one greeting and wait for one answer.

Start a server first, then `python hello_client.py` in a second terminal.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def main() -> None:
    """Connect, send once, receive once."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(SERVER)
        sock.sendall(b"Hello, world")
        print("Sent, now waiting for the answer")
        data = sock.recv(1024)
        print("Received", data)


if __name__ == "__main__":
    main()
