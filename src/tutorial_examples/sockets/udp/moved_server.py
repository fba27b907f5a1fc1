"""Serve upper case at the address and port named on the command line.

Start it with `python moved_server.py localhost 12345`; Ctrl-C stops it.
"""

import socket
import sys


def main() -> None:
    """Serve until Ctrl-C."""
    server = (sys.argv[1], int(sys.argv[2]))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(server)
        host, port = sock.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            data, address = sock.recvfrom(1024)
            print(f"{len(data)} bytes from {address}")
            sock.sendto(data.upper(), address)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
