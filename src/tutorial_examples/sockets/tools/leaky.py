"""Ask whether somebody listens at a port, and forget to close.

Start it with `python leaky.py PORT`, and with `python -X dev` to be told of the leak.
"""

import socket
import sys


def is_open(port: int) -> bool:
    """Whether a connection to the port on this machine succeeds."""
    sock = socket.socket()
    return sock.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    print("open" if is_open(int(sys.argv[1])) else "closed")
