"""Offer a function to callers in other processes, over XML-RPC.

Start it with `python rpc_server.py`; Ctrl-C stops it.
"""

import sys
from socketserver import ThreadingMixIn
from typing import Any
from xmlrpc.server import SimpleXMLRPCServer


class Server(ThreadingMixIn, SimpleXMLRPCServer):
    """A server with a thread for each caller."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report a connection that broke off in one line."""
        print(f"Broken off: {sys.exception()}")


def upper(text: Any) -> str:
    """The text in upper case; a caller may send anything, and is told if it is no text."""
    return str(text.upper())


def main() -> None:
    """Serve until Ctrl-C."""
    with Server(("127.0.0.1", 9999), logRequests=False) as server:
        host, port = server.server_address[:2]
        print(f"Listening on {host!s} port {port}")
        server.register_function(upper)
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
