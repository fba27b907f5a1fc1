"""Serve each client in a thread of its own."""

import socketserver

from server_program import run
from upper_service import UpperServer, serve_with


class ThreadedServer(socketserver.ThreadingMixIn, UpperServer):
    """Starts a thread for each connection; the program does not wait for them when it ends."""

    daemon_threads = True


def serve(port: int) -> None:
    """Listen on a port, 0 for any, and serve for ever."""
    serve_with(ThreadedServer, port)


if __name__ == "__main__":
    run(serve, __doc__)
