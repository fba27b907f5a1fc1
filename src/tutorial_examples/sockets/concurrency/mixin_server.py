"""Answer every client in upper case, each in a thread, with the socketserver module.

Start it with `python mixin_server.py`; Ctrl-C stops it.
"""

import os
import socketserver

ADDRESS = ("127.0.0.1", 9999)


class UpperHandler(socketserver.BaseRequestHandler):
    """Talks to one client from its connection to the end of its stream."""

    def setup(self) -> None:
        """Wait a minute for each piece, not longer."""
        self.request.settimeout(60)

    def handle(self) -> None:
        """Send back in upper case whatever comes."""
        print(f"Connection from {self.client_address}")
        try:
            while data := self.request.recv(1024):
                self.request.sendall(data.upper())
        except (ConnectionError, TimeoutError) as error:
            print(f"Broken off: {error}")
        print("Connection closed")


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """A TCP server that runs each handler in a thread of its own."""

    daemon_threads = True
    request_queue_size = 128
    # On Windows the option would let two servers share a port.
    allow_reuse_address = os.name == "posix"


def main() -> None:
    """Serve all clients at once until Ctrl-C."""
    with Server(ADDRESS, UpperHandler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
