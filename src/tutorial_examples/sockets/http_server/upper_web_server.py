"""Answer texts in upper case, over HTTP: from a query or a form, as JSON.

Start it with `python upper_web_server.py`; Ctrl-C stops it.
"""

import json
import logging
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ADDRESS = ("127.0.0.1", 8000)
LONGEST = 100_000


# [handler]
class UpperHandler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        """The text is in the query, as in /upper?text=hello."""
        self.answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        """The text is in a form, which has the same notation, but comes as the body."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self.send_error(411)
        elif len(length) > 9 or int(length) > LONGEST:
            self.send_error(413)
        else:
            body = self.rfile.read(int(length))
            if self.headers.get_content_type() == "application/x-www-form-urlencoded":
                self.answer(body.decode("ascii", "replace"))
            else:
                self.send_error(415)

    def answer(self, form: str) -> None:
        """Send back the text that a form or query like `text=hello&lang=en` contains."""
        if urlsplit(self.path).path != "/upper":
            self.send_error(404)
            return
        texts = parse_qs(form).get("text")
        if texts is None:
            self.send_error(400, explain="There is no text in the form")
            return
        body = json.dumps({"text": texts[0].upper()}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    # [/handler]
    # [log_message]
    def log_message(self, template: str, *args: object) -> None:
        """Write to the log of the whole program."""
        # What a stranger sends may contain characters that do things to a terminal.
        message = (template % args).encode("unicode_escape").decode()
        logging.info("%s %s", self.client_address[0], message)

    # [/log_message]


# [server]
class Server(ThreadingHTTPServer):
    """Has a thread for each connection, and says in a line what went wrong in one."""

    request_queue_size = 128
    # On Windows the option would let two servers share a port.
    allow_reuse_address = os.name == "posix"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log what a handler raised, with a traceback unless the client just went away."""
        error = sys.exc_info()[1]
        ours = not isinstance(error, ConnectionError)
        logging.error("%s broken off: %s", client_address[0], error, exc_info=ours)


# [/server]


def main() -> None:
    """Serve until Ctrl-C."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    with Server(ADDRESS, UpperHandler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
