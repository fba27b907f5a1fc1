"""Answer each line of each client with a line in upper case.

Start it with `python upper_server.py`; Ctrl-C stops it. It needs
line_protocol.py beside it.
"""

import logging
import os
import socket
import socketserver

from line_protocol import LineProtocol

log = logging.getLogger(__name__)

ADDRESS = ("127.0.0.1", 9999)
PATIENCE = 60


# [serve]
def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends."""
    protocol = LineProtocol()
    while piece := sock.recv(4096):
        sock.sendall(protocol.receive(piece))
    protocol.end()


# [/serve]


class UpperHandler(socketserver.BaseRequestHandler):
    """Talks to one client from its connection to the end of its stream."""

    def handle(self) -> None:
        """Serve, and say so if it breaks off."""
        self.request.settimeout(PATIENCE)
        try:
            serve(self.request)
        except (OSError, ValueError, EOFError) as error:
            log.info("Broken off: %s", error)


class Server(socketserver.ThreadingTCPServer):
    """A TCP server that runs each handler in a thread of its own."""

    allow_reuse_address = os.name != "nt"
    daemon_threads = True
    request_queue_size = 128


def main() -> None:
    """Serve all clients at once until Ctrl-C."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    with Server(ADDRESS, UpperHandler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
