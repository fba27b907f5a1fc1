"""Serve the files of the folder public, with five mistakes.

Start it with `python naive_server.py`; Ctrl-C stops it.
"""

import socket
from pathlib import Path

HOST = "127.0.0.1"
PORT = 8000


def serve(sock: socket.socket) -> None:
    """Answer one request."""
    request = sock.recv(1024).decode()
    path = request.split()[1]
    try:
        text = Path("public" + path).read_text("utf-8")
        sock.sendall(f"HTTP/1.1 200 OK\n{text}".encode())
    except OSError:
        sock.sendall(b"HTTP/1.1 404 Not Found\nNo such page\n")


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            with sock:
                try:
                    serve(sock)
                except (OSError, ValueError, IndexError) as error:
                    print(f"Broken off: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
