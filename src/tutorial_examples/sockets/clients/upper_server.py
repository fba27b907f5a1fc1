"""Answer each line of each client in upper case.

Start it with `python upper_server.py`; Ctrl-C stops it.
"""

import socketserver
import sys

LONGEST = 10_000  # bytes in a line


class UpperHandler(socketserver.StreamRequestHandler):
    """Answer one client, line by line."""

    timeout = 60

    def handle(self) -> None:
        """Answer until the stream ends, or what comes is no line."""
        try:
            while (line := self.rfile.readline(LONGEST)).endswith(b"\n"):
                self.wfile.write(line.upper())
        except OSError as error:
            print(f"Broken off: {error}")


class Server(socketserver.ThreadingTCPServer):
    """A server that starts again at once, and has a thread for each client."""

    allow_reuse_address = sys.platform != "win32"
    daemon_threads = True
    request_queue_size = 128


def main() -> None:
    """Serve until Ctrl-C."""
    with Server(("127.0.0.1", 9999), UpperHandler) as server:
        host, port = server.server_address[:2]
        print(f"Listening on {host!s} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
