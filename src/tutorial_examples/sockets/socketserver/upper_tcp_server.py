"""Answer every client in upper case, with the socketserver module.

Start it with `python upper_tcp_server.py`; Ctrl-C stops it.
"""

import os
import socketserver

ADDRESS = ("127.0.0.1", 9999)


class UpperHandler(socketserver.BaseRequestHandler):
    """Talks to one client from its connection to the end of its stream."""

    def handle(self) -> None:
        """Send back in upper case whatever comes."""
        print(f"Connection from {self.client_address}")
        try:
            while data := self.request.recv(1024):
                self.request.sendall(data.upper())
        except ConnectionError as error:
            print(f"Broken off: {error}")
        print("Connection closed")


class Server(socketserver.TCPServer):
    """A TCP server that starts again at once and lets more than five clients wait."""

    request_queue_size = 128
    # On Windows the option would let two servers share a port.
    allow_reuse_address = os.name == "posix"


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with Server(ADDRESS, UpperHandler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
