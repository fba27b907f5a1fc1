"""HTTP with a reader's web server or web client, written by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exercise_checks.conversation import Conversation

MOST_HEADERS = 100


@dataclass(frozen=True)
class Request:
    """What a reader's client has asked for.

    Attributes:
        method: Such as `GET`.
        target: Such as `/missing?page=2`.
        body: What followed the headers.
    """

    method: str
    target: str
    body: bytes


def request(method: str, path: str, body: bytes | None = None, length: str | None = None) -> bytes:
    """The bytes of a request.

    Args:
        method: Such as `POST`.
        path: Such as `/upper`.
        body: What follows the headers; None for no body, and no `Content-Length`.
        length: What `Content-Length` says, if it is not the body's length.
    """
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    if body is not None or length is not None:
        lines.append(f"Content-Length: {len(body or b'') if length is None else length}")
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode() + (body or b"")


def expect_response(client: Conversation, *statuses: int) -> bytes:
    """Expects a response with one of these statuses; returns its body.

    Raises:
        NotAsExpected: It has another status, or is none; or its body is shorter than it says.
    """
    if statuses[2:]:
        wanted = f"a status from {statuses[0]} to {statuses[-1]}"
    else:
        wanted = f"the status {' or '.join(map(str, statuses))}"

    def has_status(line: bytes) -> bool:
        version, _, rest = line.partition(b" ")
        return version.startswith(b"HTTP/1.") and rest[:3] in {b"%d" % code for code in statuses}

    client.expect_line(f"a response with {wanted}", has_status)
    length = _receive_headers(client)
    return client.receive(length) if length is not None else client.receive_rest()


def expect_json(client: Conversation, *statuses: int) -> Any:
    """Expects a response with one of these statuses and a body that is JSON; returns its value.

    Raises:
        NotAsExpected: It has another status, or its body is no JSON.
    """
    body = expect_response(client, *statuses)
    try:
        return json.loads(body)
    except ValueError:
        raise client.failure("a body that is JSON", body) from None


def receive_request(server: Conversation) -> Request:
    """The request that a reader's client makes.

    Raises:
        NotAsExpected: It makes none, or its body is shorter than it says.
    """
    line = server.expect_line("a request such as b'GET / HTTP/1.1\\r\\n'", _is_request)
    method, target, _ = line.decode("latin-1").split(" ", 2)
    return Request(method, target, server.receive(_receive_headers(server) or 0))


def response(status: str, body: bytes, kind: str = "text/plain; charset=utf-8") -> bytes:
    """The bytes of a response that ends its connection.

    Args:
        status: Such as `200 OK`.
        body: What follows the headers.
        kind: What `Content-Type` says.
    """
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close"]
    lines.append(f"Content-Length: {len(body)}")
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode() + body


def _is_request(line: bytes) -> bool:
    return len(line.split(b" ")) == 3 and line.rstrip().startswith(b"HTTP/1.", line.rfind(b" ") + 1)


def _receive_headers(conversation: Conversation) -> int | None:
    """Receives headers up to the empty line; returns the body's length, if they tell it."""
    length = None
    for _ in range(MOST_HEADERS):
        line = conversation.expect_line(
            "headers and then an empty line", lambda line: line == b"\r\n" or b":" in line
        )
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
        if line == b"\r\n":
            break
    return length
