"""Answer each client with the number of its lines and bytes.

Start it with `python count_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999


def serve(sock: socket.socket) -> None:
    """Count up to the end of one client's stream, keeping no more than a piece."""
    lines = size = 0
    while piece := sock.recv(4096):
        lines += piece.count(b"\n")
        size += len(piece)
    sock.sendall(f"{lines} lines, {size} bytes".encode())


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            with sock:
                sock.settimeout(10)
                try:
                    serve(sock)
                except OSError as error:
                    print(f"Broken off: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
