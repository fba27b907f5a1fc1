"""Answer every line in upper case, and end when a client sends the line `stop`.

Start it with `python stoppable_server.py`; `stop` or Ctrl-C stops it.
"""

import os
import socketserver
import threading

ADDRESS = ("127.0.0.1", 9999)
LONGEST = 10_000


class UpperHandler(socketserver.StreamRequestHandler):
    """Talks to one client until an empty line, the line `stop` or the end of its stream."""

    timeout = 60

    def handle(self) -> None:
        """Answer line by line; anything that goes wrong ends this session alone."""
        try:
            self.answer_lines()
        except (ConnectionError, TimeoutError) as error:
            print(f"Broken off: {error}")

    def answer_lines(self) -> None:
        """Read lines of up to LONGEST bytes; have the server end at the line `stop`."""
        while (line := self.rfile.readline(LONGEST)).endswith(b"\n"):
            text = line.rstrip(b"\r\n")
            if text == b"stop":
                # shutdown waits until serve_forever has returned,
                # and that waits for this method.
                threading.Thread(target=self.server.shutdown).start()
            if text in {b"", b"stop"}:
                return
            self.wfile.write(text.upper() + b"\r\n")


class Server(socketserver.TCPServer):
    """A TCP server that starts again at once and lets more than five clients wait."""

    request_queue_size = 128
    # On Windows the option would let two servers share a port.
    allow_reuse_address = os.name == "posix"


def main() -> None:
    """Serve one client after another until somebody sends `stop`."""
    with Server(ADDRESS, UpperHandler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()
    print("Stopped by a client")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
