"""Send each line you type in a datagram to a Unix socket, and print the answers.

Start `datagram_server.py` first, then `python datagram_client.py` in a second
terminal, in the same folder. An empty line or Ctrl-D ends it.
"""

import os
import socket
from pathlib import Path

SERVER = "datagrams.sock"


def main() -> None:
    """Ask, send and receive until an empty line."""
    own = Path(f"client-{os.getpid()}.sock")
    own.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(str(own))
        try:
            sock.settimeout(2)
            while text := input("Send: "):
                sock.sendto(text.encode(), SERVER)
                data, address = sock.recvfrom(65535)
                print(data.decode())
        finally:
            own.unlink()


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
