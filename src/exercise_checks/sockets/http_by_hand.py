"""Checks of the exercises on the page `sockets/http_by_hand`."""

import io

from exercise_checks.attempt import Attempt, AttemptedFunction, NotAsExpected
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import exercise, program_exercise
from exercise_checks.http_requests import expect_response, request
from exercise_checks.played_client import expect_restart, tcp_server
from exercise_checks.sending import expect_whole_sending

PORT = 8000
MOST = 100_000
ELSE = (400, 404)


class Stream(io.BytesIO):
    """A file object that shows what is in it."""

    def __repr__(self) -> str:
        return f"io.BytesIO({self.getvalue()!r})"


@exercise
def check_chunks(attempt: Attempt) -> None:
    read_chunked = attempt.function("read_chunked", "read_chunked(stream)")
    _expect_body(
        read_chunked,
        b"5\r\nHello\r\nA\r\n, everyone\r\n0\r\n\r\n",
        b"Hello, everyone",
        {
            b"Hello": "go on until the chunk of length 0",
            b"Hello\r\n, everyone\r\n": "the ends of lines do not belong to the body",
        },
    )
    _expect_body(read_chunked, b"0\r\n\r\n", b"", {})
    _expect_body(
        read_chunked,
        b"10\r\n0123456789abcdef\r\n0\r\n\r\n",
        b"0123456789abcdef",
        {b"0123456789": "the length is written in base 16"},
    )
    _expect_body(
        read_chunked,
        b"7\r\na\r\n0\r\nb\r\n0\r\n\r\n",
        b"a\r\n0\r\nb",
        {b"a": "read as many bytes as the length says, whatever they are"},
    )
    for data in (b"5\r\nHello\r\n", b"5\r\nHel", b"5\r\nHello", b"", b"5"):
        read_chunked.expect_error(EOFError, Stream(data))


@program_exercise
def check_upper(attempt: Attempt) -> None:
    text = "Grüße\n".encode()
    with tcp_server(attempt, PORT) as server:
        with server.connect() as client:
            client.send(request("POST", "/upper", text))
            _expect_body_of(client, "GRÜSSE\n".encode())
        with server.connect() as client:
            head, blank, body = request("POST", "/upper", text).partition(b"\r\n\r\n")
            client.send(head[:9], head[9:] + blank[:3], blank[3:], body[:3], body[3:])
            _expect_body_of(client, "GRÜSSE\n".encode())
        with server.connect() as client:
            client.send(request("POST", "/upper", b"x" * MOST))
            _expect_body_of(client, b"X" * MOST)
        for statuses, refused in (
            ((411,), request("POST", "/upper")),
            ((413,), request("POST", "/upper", length=f"{MOST + 1}")),
            (ELSE, request("POST", "/upper", length="-1")),
            (ELSE, request("POST", "/upper", length="many")),
            (ELSE, request("POST", "/upper", b"\xff")),
            (ELSE, request("GET", "/")),
            (ELSE, request("POST", "/lower", b"x")),
        ):
            with server.connect() as client:
                client.send(refused)
                expect_response(client, *statuses)
        with server.connect() as client:
            client.send(request("POST", "/upper", b"half", length="10"))
            client.end_stream()
            expect_response(client, *ELSE)
        server.expect_survival(_ask)
        expect_restart(server, _ask)
    expect_whole_sending(attempt)


def _expect_body(
    read_chunked: AttemptedFunction, data: bytes, body: bytes, hints: dict[bytes, str]
) -> None:
    stream = Stream(data)
    returned = read_chunked(stream)
    if returned != body or not isinstance(returned, bytes):
        hint = hints.get(returned, "") if isinstance(returned, bytes) else ""
        raise NotAsExpected(
            f"read_chunked({stream!r}) returned {returned!r}; expected {body!r}"
            + (f" ({hint})" if hint else "")
        )


def _expect_body_of(client: Conversation, body: bytes) -> None:
    found = expect_response(client, 200)
    if found != body:
        raise client.failure(f"a body {body!r}" if len(body) < 100 else "the whole body", found)


def _ask(client: Conversation) -> None:
    client.send(request("POST", "/upper", b"still there"))
    _expect_body_of(client, b"STILL THERE")
