"""Receive files into a folder, and send files from it.

Start it with `python transfer_server.py FOLDER`; Ctrl-C stops it.
"""

import argparse
import os
import socket
import socketserver
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from messages import receive_message, send_message
from offer import Offer, check_name
from receiving import Inbox
from refusal import Refusal
from sending import send_file


class Server(socketserver.ThreadingTCPServer):
    """Has a thread for each connection, and a folder.

    Attributes:
        folder: What it serves.
        inbox: Receives into the folder.
        most_bytes: How large a file may be.
        places: How many more connections there may be.
    """

    request_queue_size = 128
    daemon_threads = True
    # On Windows the option would let two servers share a port.
    allow_reuse_address = os.name == "posix"

    def __init__(
        self, address: tuple[str, int], folder: Path, most_bytes: int, connections: int
    ) -> None:
        super().__init__(address, TransferHandler)
        self.folder = folder
        self.inbox = Inbox(folder)
        self.most_bytes = most_bytes
        self.places = threading.BoundedSemaphore(connections)


class TransferHandler(socketserver.BaseRequestHandler):
    """Fulfils the one request of a connection."""

    request: socket.socket
    server: Server

    def handle(self) -> None:
        """Tell the client what is refused, and the log how it went."""
        self.request.settimeout(30)
        try:
            if not self.server.places.acquire(blocking=False):
                raise Refusal("There are too many clients; try again later.")
            try:
                self.fulfil(receive_message(self.request))
            finally:
                self.server.places.release()
        except Refusal as refusal:
            self.log(f"refused: {refusal}")
            with suppress(OSError):
                self.refuse(refusal)
        except (EOFError, OSError) as error:
            self.log(f"broken off: {error}")

    def refuse(self, refusal: Refusal) -> None:
        """Say why, and let the client read it.

        Raises:
            OSError: The connection is broken, or the client does not stop sending.
        """
        send_message(self.request, error=str(refusal))
        # If bytes were unread when we close, a reset might destroy the message on its way.
        self.request.shutdown(socket.SHUT_WR)
        self.request.settimeout(1)
        for _ in range(100):
            if not self.request.recv(65_536):
                break

    def fulfil(self, request: dict[str, Any]) -> None:
        """Do what a client has asked for.

        Raises:
            Refusal: It cannot be done.
            EOFError: The client has gone.
            OSError: The connection is broken, or there is trouble with a file.
        """
        if "put" in request:
            offer = Offer.from_message(request["put"], request, self.server.most_bytes)
            begin = self.server.inbox.receive(self.request, offer, self.ignore)
            self.log(f"received {offer.name}, bytes {begin} to {offer.size}")
        elif "get" in request:
            path = self.server.folder / check_name(request["get"])
            if path.is_symlink() or not path.is_file():
                raise Refusal(f"There is no {path.name}.")
            offer = Offer.of(path)
            send_message(self.request, size=offer.size, sha256=offer.sha256)
            begin = send_file(self.request, path, offer, self.ignore)
            self.log(f"sent {offer.name}, bytes {begin} to {offer.size}")
        else:
            raise Refusal("A request begins with put or get.")

    def ignore(self, count: int) -> None:
        """The log has no use for each piece."""

    def log(self, text: str) -> None:
        """Print a line."""
        print(f"{self.client_address[0]} {text}", flush=True)


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Receive files into a folder, and send them.")
    parser.add_argument("folder", type=Path, help="where the files are; made if it is missing")
    option = partial(parser.add_argument, type=int, metavar="N")
    option("--port", default=9999, help="where to listen (%(default)s)")
    option("--most-bytes", default=1_000_000_000, help="how large a file may be (%(default)s)")
    option("--connections", default=50, help="how many clients at a time (%(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (%(default)s)")
    arguments = parser.parse_args()
    try:
        arguments.folder.mkdir(exist_ok=True)
    except OSError as error:
        parser.error(f"{arguments.folder} cannot be the folder: {error.strerror}; name another")
    address = (arguments.host, arguments.port)
    with Server(address, arguments.folder, arguments.most_bytes, arguments.connections) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
