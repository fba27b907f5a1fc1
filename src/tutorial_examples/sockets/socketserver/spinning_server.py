"""Overlook the end of the stream, and cut two bytes off everything: both are mistakes.

Start it with `python spinning_server.py`; Ctrl-C stops it.
"""

import socketserver

ADDRESS = ("127.0.0.1", 9999)


class UpperHandler(socketserver.BaseRequestHandler):
    """Talks to one client until an empty line comes as one piece."""

    def handle(self) -> None:
        """Show and answer six pieces at most."""
        print(f"Connection from {self.client_address}")
        for _ in range(6):  # the original said `while 1`
            data = self.request.recv(1024)
            if data == b"\r\n":
                break
            print(data[:-2])
            self.request.sendall(data.upper())
        else:
            print("and so on, for ever")


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socketserver.TCPServer(ADDRESS, UpperHandler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
