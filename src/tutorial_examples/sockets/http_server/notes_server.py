"""Keep notes for everyone: POST /notes adds one, GET /notes lists them, both as JSON.

Start it with `python notes_server.py`; Ctrl-C stops it.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

ADDRESS = ("127.0.0.1", 8000)
LONGEST = 1000
MOST_NOTES = 1000

notes: list[str] = []
notes_lock = Lock()


# [handler]
class NotesHandler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    timeout = 10

    def do_GET(self) -> None:
        """List the notes."""
        if self.path == "/notes":
            with notes_lock:
                copy = list(notes)
            self.send_json(200, copy)
        else:
            self.send_json(404, {"error": "not found"})

    def do_POST(self) -> None:
        """Add a note, and tell its number."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or len(length) > 4 or int(length) > LONGEST:
            self.send_json(413, {"error": f"not from 0 to {LONGEST} bytes"})
            return
        body = self.rfile.read(int(length))
        if self.path == "/notes":
            self.add_note(body)
        else:
            self.send_json(404, {"error": "not found"})

    def add_note(self, body: bytes) -> None:
        """Add the note in a body like {"note": "milk"}."""
        try:
            note = json.loads(body)["note"]
        except (ValueError, TypeError, KeyError, RecursionError):
            note = None
        if not isinstance(note, str):
            self.send_json(400, {"error": "not a note"})
            return
        with notes_lock:
            number = len(notes)
            full = number >= MOST_NOTES
            if not full:
                notes.append(note)
        if full:
            self.send_json(507, {"error": "no room for more notes"})
        else:
            self.send_json(201, {"number": number})

    def send_json(self, status: int, content: object) -> None:
        """Send a response whose body is JSON."""
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


# [/handler]


def main() -> None:
    """Serve until Ctrl-C."""
    with ThreadingHTTPServer(ADDRESS, NotesHandler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
