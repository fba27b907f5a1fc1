"""Send each line you type in a signed datagram, and print the answers.

Start `signed_server.py` first, then `python signed_client.py` in a second
terminal, in the same folder, which holds the file `key`. An empty line or
Ctrl-D ends it.
"""

import hmac
import socket
from pathlib import Path

SERVER = ("127.0.0.1", 11111)
TAG_SIZE = 32


def main() -> None:
    """Ask, sign and send until an empty line."""
    key = Path("key").read_bytes()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(2)
        while text := input("Send: "):
            request = text.encode()
            sock.sendto(hmac.digest(key, request, "sha256") + request, SERVER)
            datagram, address = sock.recvfrom(65535)
            tag, answer = datagram[:TAG_SIZE], datagram[TAG_SIZE:]
            if hmac.compare_digest(tag, hmac.digest(key, answer, "sha256")):
                print(answer.decode())
            else:
                print("An answer that is not signed")


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
