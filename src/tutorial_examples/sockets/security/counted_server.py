"""Answer signed datagrams in upper case, each of them once.

The file `key` must be in this folder. Start it with `python counted_server.py`;
Ctrl-C stops it.
"""

import hmac
import socket
from pathlib import Path

HOST = "127.0.0.1"
PORT = 11111
TAG_SIZE = 32
COUNTER_SIZE = 8


def verify(key: bytes, datagram: bytes, last: int) -> tuple[int, bytes]:
    """The counter and the message in a datagram.

    Raises:
        ValueError: It was not signed with the key, or its counter is not above the last.
    """
    tag, signed = datagram[:TAG_SIZE], datagram[TAG_SIZE:]
    if not hmac.compare_digest(tag, hmac.digest(key, signed, "sha256")):
        raise ValueError("not signed with our key")
    counter = int.from_bytes(signed[:COUNTER_SIZE], "big")
    if counter <= last:
        raise ValueError(f"counter {counter} is not above {last}")
    return counter, signed[COUNTER_SIZE:]


def main() -> None:
    """Answer one datagram after another until Ctrl-C."""
    key = Path("key").read_bytes()
    last = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((HOST, PORT))
        host, port = sock.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            datagram, address = sock.recvfrom(65535)
            try:
                last, message = verify(key, datagram, last)
                print(f"{message!r}")
                answer = message.upper()
                sock.sendto(hmac.digest(key, answer, "sha256") + answer, address)
            except (ValueError, OSError) as error:
                print(f"Dropped: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
