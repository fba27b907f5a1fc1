"""Answer every line in upper case, whatever pieces it comes in.

Start it with `python line_server.py`; Ctrl-C stops it.
"""

import os
import socketserver

ADDRESS = ("127.0.0.1", 9999)
LONGEST = 10_000


class UpperHandler(socketserver.StreamRequestHandler):
    """Talks to one client until an empty line or the end of its stream."""

    timeout = 60

    def handle(self) -> None:
        """Answer line by line."""
        print(f"Connection from {self.client_address}")
        try:
            self.answer_lines()
        except (ConnectionError, TimeoutError) as error:
            print(f"Broken off: {error}")
        print("Connection closed")

    def answer_lines(self) -> None:
        """Read lines of up to LONGEST bytes; end the session at anything else."""
        while line := self.rfile.readline(LONGEST):
            if not line.endswith(b"\n"):
                print(f"No whole line: {len(line)} bytes")
                return
            text = line.rstrip(b"\r\n")
            if not text:
                return
            print(text)
            self.wfile.write(text.upper() + b"\r\n")


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
