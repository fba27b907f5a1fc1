"""Send a file to the server, or fetch one. What broke off is continued.

python transfer_client.py put photo.bin
python transfer_client.py get photo.bin --folder received
"""

import argparse
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from messages import receive_message, send_message
from offer import Offer, check_name
from receiving import Inbox
from refusal import Refusal
from sending import CHECK_SECONDS, send_file

Report = Callable[[int], None]


def put(sock: socket.socket, path: Path, report: Report, rate: float | None) -> tuple[Offer, int]:
    """Send a file; returns what was offered, and from which byte on it was sent."""
    offer = Offer.of(path)
    send_message(sock, put=offer.name, size=offer.size, sha256=offer.sha256)
    return offer, send_file(sock, path, offer, report, rate)


def get(
    sock: socket.socket, name: str, folder: Path, report: Report, most: int
) -> tuple[Offer, int]:
    """Fetch a file; returns what was offered, and from which byte on it was received."""
    send_message(sock, get=check_name(name))
    # The server reads all of the file for the checksum before it answers.
    offer = Offer.from_message(name, receive_message(sock, seconds=CHECK_SECONDS), most)
    return offer, Inbox(folder).receive(sock, offer, report)


def read_arguments() -> argparse.Namespace:
    """What was typed behind the program's name."""
    parser = argparse.ArgumentParser(description="Send a file to the server, or fetch one.")
    parser.add_argument("command", choices=["put", "get"])
    parser.add_argument("file", help="for put a path, for get a name")
    parser.add_argument("--folder", type=Path, default=Path(), help="where to put what is fetched")
    parser.add_argument("--host", default="127.0.0.1", help="of the server (%(default)s)")
    parser.add_argument("--port", type=int, default=9999, help="of the server (%(default)s)")
    parser.add_argument("--rate", type=float, help="bytes a second to send at most")
    most = 10_000_000_000
    parser.add_argument("--most-bytes", type=int, default=most, help="how large a file to fetch")
    return parser.parse_args()


def main() -> None:
    """Do what the arguments say, with a line for each piece."""
    arguments = read_arguments()

    def report(count: int) -> None:
        print(f"{count} bytes")

    try:
        with socket.create_connection((arguments.host, arguments.port), timeout=30) as sock:
            if arguments.command == "put":
                offer, begin = put(sock, Path(arguments.file), report, arguments.rate)
            else:
                most = arguments.most_bytes
                offer, begin = get(sock, arguments.file, arguments.folder, report, most)
    except (Refusal, EOFError, OSError) as error:
        sys.exit(f"{arguments.command} failed: {error}")
    print(f"{offer.name} is complete: {offer.size - begin} of {offer.size} bytes were sent")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nInterrupted; start it again to go on")
