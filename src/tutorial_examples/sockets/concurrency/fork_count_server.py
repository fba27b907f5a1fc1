"""Answer every client in a process of its own, and count its bytes; not on Windows.

Start it with `python fork_count_server.py`; Ctrl-C stops it.
"""

import socketserver

ADDRESS = ("127.0.0.1", 9999)


class UpperHandler(socketserver.BaseRequestHandler):
    """Talks to one client from its connection to the end of its stream.

    Attributes:
        total: Bytes of all clients, so it says.
    """

    total = 0

    def setup(self) -> None:
        """Wait a minute for each piece, not longer."""
        self.request.settimeout(60)

    def handle(self) -> None:
        """Send back in upper case whatever comes, and count it."""
        try:
            while data := self.request.recv(1024):
                UpperHandler.total += len(data)
                print(f"{UpperHandler.total} bytes in all", flush=True)
                self.request.sendall(data.upper())
        except (ConnectionError, TimeoutError) as error:
            print(f"Broken off: {error}", flush=True)


class Server(socketserver.ForkingMixIn, socketserver.TCPServer):
    """A TCP server that runs each handler in a process of its own."""

    block_on_close = False
    request_queue_size = 128
    allow_reuse_address = True


def main() -> None:
    """Serve all clients at once until Ctrl-C."""
    with Server(ADDRESS, UpperHandler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
