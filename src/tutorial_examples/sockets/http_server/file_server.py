"""Serve the files of the folder public to browsers on this machine.

Start it with `python file_server.py`; Ctrl-C stops it.
"""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

ADDRESS = ("127.0.0.1", 8000)


def main() -> None:
    """Serve until Ctrl-C."""
    handler = partial(SimpleHTTPRequestHandler, directory="public")
    with ThreadingHTTPServer(ADDRESS, handler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
