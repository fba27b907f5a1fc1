"""Ask the upper-case service at the address and port named on the command line.

Start `moved_server.py` first, then `python moved_client.py localhost 12345`
in a second terminal. An empty line or Ctrl-D ends it.
"""

import socket
import sys


def main() -> None:
    """Ask and send until an empty line."""
    server = (sys.argv[1], int(sys.argv[2]))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        while text := input("Send: "):
            sock.sendto(text.encode(), server)
            data, address = sock.recvfrom(1024)
            print(data.decode())


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
