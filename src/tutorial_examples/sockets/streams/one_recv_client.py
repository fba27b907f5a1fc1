"""Take what one recv returns for the whole answer, which is a mistake.

Start `upper_server.py` first, then `python one_recv_client.py` in a second
terminal.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def main() -> None:
    """Send two messages, and call recv once after each."""
    with socket.create_connection(SERVER) as sock:
        sock.sendall(b"x" * 2000)
        answer = sock.recv(1024)
        print(f"Sent 2000 letters, got {len(answer)}")
        sock.sendall(b"Hello")
        answer = sock.recv(1024)
        print(f"Sent Hello, the answer begins with {answer[:5]!r}")
        # Leave nothing unread, or the close would be a reset.
        sock.shutdown(socket.SHUT_WR)
        while sock.recv(1024):
            pass


if __name__ == "__main__":
    main()
