"""A web server to practise on: it redirects, asks for a password, streams, and fails on purpose.

Start it with `python practice_server.py`; Ctrl-C stops it.
"""

import base64
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAGE = """\
<!DOCTYPE html>
<title>A page to practise on</title>
<p><a href="/upper?text=two+words">Upper case</a>, <a href="old">moved</a>,
<a href="/private">private</a>, <a href="/missing">missing</a>. Größe zählt.</p>
"""
LONGEST = 100_000  # bytes in the body of a request
ANN = "Basic " + base64.b64encode(b"ann:secret").decode()


class PracticeHandler(BaseHTTPRequestHandler):
    """Answer the requests of one connection."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer, redirect, or fail, as the path says."""
        url = urlsplit(self.path)
        match url.path:
            case "/":
                self.answer(PAGE, "text/html; charset=utf-8")
            case "/upper":
                self.answer(" ".join(parse_qs(url.query).get("text", [])).upper())
            case "/headers":
                self.answer(json.dumps(dict(self.headers)), "application/json")
            case "/old":
                self.redirect(301, "/")
            case "/loop":
                self.redirect(302, "/loop")
            case "/private" if self.headers["Authorization"] == ANN:
                self.answer("Ann's page\n")
            case "/private":
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="practice"')
                self.send_header("Content-Length", "0")
                self.end_headers()
            case "/numbers":
                self.stream_numbers()
            case "/slow":
                self.connection.recv(1)  # which is when the client has given up
                self.close_connection = True
            case "/broken":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"only this\n")
                self.close_connection = True
            case "/busy":
                self.answer("Come back later\n", status=503)
            case _:
                self.answer("There is no such page\n", status=404)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """Put the text of a form into upper case."""
        length = self.headers["Content-Length"] or ""
        if not length.isdecimal() or int(length) > LONGEST:
            self.close_connection = True
            status = 413 if length.isdecimal() else 411
            self.answer("I take no body of this length\n", status=status)
            return
        body = self.rfile.read(int(length)).decode("utf-8", "replace")
        if urlsplit(self.path).path == "/upper":
            self.answer(" ".join(parse_qs(body).get("text", [])).upper())
        else:
            self.answer("There is no such page\n", status=404)

    def answer(self, text: str, kind: str = "text/plain; charset=utf-8", status: int = 200) -> None:
        """Send a whole answer."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def redirect(self, status: int, target: str) -> None:
        """Send the client elsewhere."""
        self.send_response(status)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def stream_numbers(self) -> None:
        """Send 100,000 lines without saying in advance how much that will be."""
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            for start in range(0, 100_000, 1000):
                lines = (b"%d\n" % number for number in range(start, start + 1000))
                self.wfile.write(b"".join(lines))

    def version_string(self) -> str:
        """What the header `Server` says."""
        return "Practice/1.0"

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Print each request and its status."""
        print(f"{self.requestline!a} {int(code)}")

    def log_message(self, template: str, *args: Any) -> None:
        """Print trouble in one line."""
        print(ascii(template % args))


class Server(ThreadingHTTPServer):
    """A server with a thread for each connection."""

    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report a connection that broke off in one line."""
        print(f"Broken off: {sys.exception()}")


def main() -> None:
    """Serve until Ctrl-C."""
    with Server(("127.0.0.1", 8000), PracticeHandler) as server:
        host, port = server.server_address[:2]
        print(f"Listening on {host!s} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
