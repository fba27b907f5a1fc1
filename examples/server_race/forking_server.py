"""Serve each client in a process of its own, 40 at a time; not on Windows."""

import socketserver
from typing import Any

from server_program import run
from upper_service import UpperServer, serve_with


class ForkingServer(socketserver.ForkingMixIn, UpperServer):
    """Forks a process for each connection; at most 40 live at a time, as the library has it."""

    # Ctrl-C reaches the children as well, so there is nobody to wait for.
    block_on_close = False

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Talk to the client, in the child, which must not keep the port when its parent ends."""
        self.socket.close()
        super().finish_request(request, client_address)


def serve(port: int) -> None:
    """Listen on a port, 0 for any, and serve for ever."""
    serve_with(ForkingServer, port)


if __name__ == "__main__":
    run(serve, __doc__)
