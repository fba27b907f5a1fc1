"""Answer in upper case at a port, with the option SO_REUSEADDR on or off.

Start it with `python option_server.py PORT 0`, or 1 for on; Ctrl-C stops it.
"""

import socket
import sys

HOST = "127.0.0.1"


def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends."""
    while data := sock.recv(1024):
        sock.sendall(data.upper())


def main(port: int, reuse: int) -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, reuse)
        listener.bind((HOST, port))
        listener.listen()
        print(f"Listening on {HOST} port {listener.getsockname()[1]}")
        while True:
            sock, address = listener.accept()
            print(f"Connection from {address}")
            with sock:
                sock.settimeout(60)
                try:
                    serve(sock)
                except OSError as error:
                    print(f"Broken off: {error}")
            print("Connection closed")


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), int(sys.argv[2]))
    except KeyboardInterrupt:
        print("\nStopped")
