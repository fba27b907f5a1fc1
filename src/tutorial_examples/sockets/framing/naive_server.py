"""Take each piece for a line, which is a mistake.

Start it with `python naive_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999


def serve(sock: socket.socket) -> None:
    """Show what one client's lines are taken to be, until its stream ends."""
    while data := sock.recv(1024):
        print("line", data.removesuffix(b"\n"))


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
                except OSError as error:
                    print(f"Broken off: {error}")
            print("Connection closed")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
