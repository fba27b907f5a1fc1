"""Answer what is sent to a group in upper case, under a name of one's own.

Start it with `python group_server.py red`, and others with other names;
Ctrl-C stops it.
"""

import socket
import sys

GROUP = "239.1.2.3"
PORT = 11111
INTERFACE = "127.0.0.1"


def join(sock: socket.socket) -> None:
    """Become a member of the group on one of this machine's networks."""
    request = socket.inet_aton(GROUP) + socket.inet_aton(INTERFACE)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, request)


def main(name: str) -> None:
    """Answer one datagram after another until Ctrl-C."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((GROUP, PORT))
        join(sock)
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
