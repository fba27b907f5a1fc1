"""Answer each datagram that comes to a Unix socket, in upper case.

Start it with `python datagram_server.py`; Ctrl-C stops it.
"""

import socket
from pathlib import Path

PATH = Path("datagrams.sock")
LARGEST = 65535


def remove_leftover(path: Path) -> None:
    """Remove the file of a datagram socket that is no longer open."""
    if not path.is_socket():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()


def main() -> None:
    """Answer one datagram after another until Ctrl-C."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        remove_leftover(PATH)
        sock.bind(str(PATH))
        try:
            print(f"Listening on {PATH}")
            while True:
                data, address = sock.recvfrom(LARGEST)
                print(f"{len(data)} bytes from {address!r}")
                if not address:
                    continue
                try:
                    sock.sendto(data.upper(), socket.MSG_DONTWAIT, address)
                except OSError as error:
                    print(f"No answer: {error}")
        finally:
            PATH.unlink()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
