"""The upper-case service, for the servers that talk to a client in one call from start to end."""

import os
import socketserver

from server_program import HOST, QUEUE, announce

PATIENCE = 60


class UpperHandler(socketserver.BaseRequestHandler):
    """Talks to one client until its stream ends, breaks, or is silent for PATIENCE seconds."""

    def handle(self) -> None:
        """Send back in upper case whatever comes."""
        self.request.settimeout(PATIENCE)
        try:
            while data := self.request.recv(1024):
                self.request.sendall(data.upper())
        except (ConnectionError, TimeoutError):
            pass  # In a race nobody reads why a client has gone.


class UpperServer(socketserver.TCPServer):
    """Serves one client after another; each kind of concurrency derives from it."""

    request_queue_size = QUEUE
    # On Windows the option would let two servers share a port.
    allow_reuse_address = os.name == "posix"


def serve_with(server_class: type[UpperServer], port: int) -> None:
    """Listen on a port, 0 for any, and serve for ever."""
    with server_class((HOST, port), UpperHandler) as server:
        announce(server.socket)
        server.serve_forever()
