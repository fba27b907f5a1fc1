"""Serve upper case at the address and port that the command line names.

Start it with, for example, `python moved_server.py localhost 12345`.
"""

import socket
import sys


def main() -> None:
    """Serve until Ctrl-C."""
    address = (sys.argv[1], int(sys.argv[2]))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(address)
        host, port = sock.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            data, client = sock.recvfrom(65535)
            print(f"{len(data)} bytes from {client}")
            sock.sendto(data.upper(), client)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
