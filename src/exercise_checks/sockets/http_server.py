"""Checks of the exercises on the page `sockets/http_server`."""

import contextlib
import json
import tempfile
from pathlib import Path
from typing import Any

from exercise_checks.attempt import Attempt
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import program_exercise
from exercise_checks.http_requests import expect_json, expect_response, request
from exercise_checks.played_client import TcpServer, expect_restart, tcp_server

PORT = 8000
REFUSALS = range(400, 500)
NO_NOTES = (b"milk", b"{}", b'["milk"]', b'{"note": 7}', b"null", b"\xff", b"")


PAGE = b"<p>Welcome</p>"
PLANS = b"plans"
MISSING = {
    "/papers/": "a folder without index.html is not listed",
    "/papers/.password": "the name of a hidden file begins with a dot",
    "/papers/%2Epassword": "%2E is a dot",
    "/.git/config": "what lies in a hidden folder is hidden, too",
    "/link.txt": "look where the path leads when its links are followed",
    "/outside/secret.txt": "look where the path leads when its links are followed",
    "/../secret.txt": "",
    "/%2e%2e/secret.txt": "",
    "/nothing.txt": "",
}


@program_exercise
def check_private(attempt: Attempt) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        _lay_out_files(folder)
        with tcp_server(attempt, PORT, folder=folder) as server:
            for path, content in (
                ("/", PAGE),
                ("/index.html", PAGE),
                ("/papers/plans.txt", PLANS),
                ("/inner.txt", PLANS),
            ):
                _expect_file(server, path, content)
            for path, hint in MISSING.items():
                for method in ("GET", "HEAD"):
                    _expect_missing(server, method, path, hint)
            server.expect_survival(_ask_for_page)
            expect_restart(server, _ask_for_page, folder=folder)


@program_exercise
def check_notes(attempt: Attempt) -> None:
    with tcp_server(attempt, PORT) as server:
        _expect(server, request("GET", "/notes"), [], 200)
        for number, note in enumerate(["milk", "Käse", "milk"]):
            body = json.dumps({"note": note}, ensure_ascii=False).encode()
            _expect(server, request("POST", "/notes", body), {"number": number}, 201)
        _expect(server, request("GET", "/notes"), ["milk", "Käse", "milk"], 200)
        for body in NO_NOTES:
            _expect_refusal(server, request("POST", "/notes", body))
        for method, path in (("GET", "/"), ("GET", "/note"), ("POST", "/")):
            added = b'{"note": "milk"}' if method == "POST" else None
            _expect_refusal(server, request(method, path, added))
        _expect_refusal(server, request("POST", "/notes"))
        _expect(server, request("GET", "/notes"), ["milk", "Käse", "milk"], 200)
        server.expect_survival(_ask)
        expect_restart(server, _ask)


def _expect(server: TcpServer, asked: bytes, answer: Any, status: int) -> None:
    with server.connect() as client:
        client.send(asked)
        found = expect_json(client, status)
        if found != answer:
            raise client.failure(f"the JSON value {answer!r}", json.dumps(found).encode())


def _expect_refusal(server: TcpServer, asked: bytes) -> None:
    with server.connect() as client:
        client.send(asked)
        found = expect_json(client, *REFUSALS)
        if not isinstance(found, dict) or "error" not in found:
            raise client.failure("a JSON object with a key error", json.dumps(found).encode())


def _ask(client: Conversation) -> None:
    client.send(request("GET", "/notes"))
    expect_json(client, 200)


def _lay_out_files(folder: Path) -> None:
    """Makes the folder `public`, with what is to be served and what is not, and its neighbours."""
    public = folder / "public"
    for place, content in {
        public / "index.html": PAGE,
        public / "papers" / "plans.txt": PLANS,
        public / "papers" / ".password": b"token",
        public / ".git" / "config": b"token",
        folder / "secret.txt": b"token",
        folder / "elsewhere" / "secret.txt": b"token",
    }.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (public / "inner.txt").write_bytes(PLANS)
    with contextlib.suppress(OSError):  # Windows may refuse to make links
        (public / "link.txt").symlink_to(folder / "secret.txt")
        (public / "outside").symlink_to(folder / "elsewhere")
        (public / "inner.txt").unlink()
        (public / "inner.txt").symlink_to(public / "papers" / "plans.txt")


def _expect_file(server: TcpServer, path: str, content: bytes) -> None:
    with server.connect() as client:
        client.send(request("GET", path))
        found = expect_response(client, 200)
        if found != content:
            raise client.failure(f"the file {path}, {content!r}", found)


def _expect_missing(server: TcpServer, method: str, path: str, hint: str) -> None:
    with server.connect() as client:
        client.send(request(method, path))
        client.expect_line(
            "a response with the status 404",
            lambda line: line.startswith(b"HTTP/1.") and line.split(b" ")[1:2] == [b"404"],
            hint,
        )


def _ask_for_page(client: Conversation) -> None:
    client.send(request("GET", "/"))
    expect_response(client, 200)
