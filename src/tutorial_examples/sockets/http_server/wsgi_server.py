"""Answer texts in upper case, as a WSGI application.

Start it with `python wsgi_server.py`; Ctrl-C stops it.
"""

import os
from collections.abc import Iterable
from socketserver import ThreadingMixIn
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

HOST = "127.0.0.1"
PORT = 8000


# [app]
def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request."""
    texts = parse_qs(environ["QUERY_STRING"]).get("text")
    if environ["PATH_INFO"] == "/upper" and texts:
        status, text = "200 OK", texts[0].upper()
    else:
        status, text = "404 Not Found", "Ask for /upper?text=hello"
    body = f"{text}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
    ]
    start_response(status, headers)
    return [body]


# [/app]


# [main]
class Server(ThreadingMixIn, WSGIServer):
    """Has a thread for each connection."""

    # In the main thread wsgiref would take Ctrl-C for an error of the application, and go on.
    daemon_threads = True
    request_queue_size = 128
    # On Windows the option would let two servers share a port.
    allow_reuse_address = os.name == "posix"


def main() -> None:
    """Serve until Ctrl-C."""
    with make_server(HOST, PORT, app, Server) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()


# [/main]


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
