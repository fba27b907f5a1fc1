"""Answer each client in upper case, at any address of this machine, IPv4 or IPv6.

Start it with `python upper_server.py HOST PORT`; Ctrl-C stops it.
"""

import socket
import sys


def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends."""
    while data := sock.recv(1024):
        sock.sendall(data.upper())


def main(host: str, port: str) -> None:
    """Serve one client after another until Ctrl-C."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.create_server(address, family=family) as listener:
        own = listener.getsockname()
        print(f"Listening on {own[0]} port {own[1]}")
        while True:
            sock, peer = listener.accept()
            print(f"Connection from {peer}")
            with sock:
                sock.settimeout(60)
                try:
                    serve(sock)
                except OSError as error:
                    print(f"Broken off: {error}")
            print("Connection closed")


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2])
    except KeyboardInterrupt:
        print("\nStopped")
