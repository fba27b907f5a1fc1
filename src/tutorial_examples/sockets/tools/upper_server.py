"""Answer each client in upper case, one after another.

Start it with `python upper_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999


def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends."""
    while data := sock.recv(1024):
        sock.sendall(data.upper())


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, _ = listener.accept()
            with sock:
                sock.settimeout(60)
                try:
                    serve(sock)
                except OSError as error:
                    print(f"Broken off: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
