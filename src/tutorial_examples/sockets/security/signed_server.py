"""Answer datagrams in upper case if whoever sent them has the key.

The file `key` must be in this folder. Start it with `python signed_server.py`;
Ctrl-C stops it.
"""

import hmac
import socket
from pathlib import Path

HOST = "127.0.0.1"
PORT = 11111
TAG_SIZE = 32


def sign(key: bytes, message: bytes) -> bytes:
    """The message with a tag before it that only the key can make."""
    return hmac.digest(key, message, "sha256") + message


def verify(key: bytes, datagram: bytes) -> bytes:
    """The message in a datagram.

    Raises:
        ValueError: The tag was not made with this key for this message.
    """
    tag, message = datagram[:TAG_SIZE], datagram[TAG_SIZE:]
    if not hmac.compare_digest(tag, hmac.digest(key, message, "sha256")):
        raise ValueError("not signed with our key")
    return message


def main() -> None:
    """Answer one datagram after another until Ctrl-C."""
    key = Path("key").read_bytes()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((HOST, PORT))
        host, port = sock.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            datagram, address = sock.recvfrom(65535)
            try:
                message = verify(key, datagram)
                print(f"{message!r}")
                sock.sendto(sign(key, message.upper()), address)
            except (ValueError, OSError) as error:
                print(f"Dropped: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
