"""Answer every broadcast in upper case, under a name of one's own.

Start it with `python broadcast_server.py red`, and others with other names;
Ctrl-C stops it.
"""

import socket
import sys

EVERYBODY = ("127.255.255.255", 11111)


def main(name: str) -> None:
    """Answer one datagram after another until Ctrl-C."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(EVERYBODY)
        host, port = sock.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            data, address = sock.recvfrom(65535)
            print(f"{len(data)} bytes from {address}")
            try:
                sock.sendto(name.encode() + b": " + data.upper(), address)
            except OSError as error:
                print(f"No answer: {error}")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        print("\nStopped")
