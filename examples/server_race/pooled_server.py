"""Serve clients in a pool of 40 threads; further clients wait for a thread to become free."""

import contextlib
import socket
import socketserver
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from server_program import run
from upper_service import UpperServer, serve_with

WORKERS = 40


class PooledServer(socketserver.ThreadingMixIn, UpperServer):
    """Hands each connection to the pool instead of starting a thread."""

    def __init__(self, *args: Any) -> None:
        self._pool = ThreadPoolExecutor(WORKERS)
        self._connections: set[socket.socket] = set()
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Have a worker serve the connection as soon as one is free."""
        self._connections.add(request)
        self._pool.submit(self.process_request_thread, request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection that has been served."""
        self._connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Close all sockets, so that no worker goes on waiting for its client."""
        super().server_close()
        self._pool.shutdown(wait=False, cancel_futures=True)
        for sock in list(self._connections):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


def serve(port: int) -> None:
    """Listen on a port, 0 for any, and serve for ever."""
    serve_with(PooledServer, port)


if __name__ == "__main__":
    run(serve, __doc__)
