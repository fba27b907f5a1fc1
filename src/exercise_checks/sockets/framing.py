"""Checks of the exercises on the page `sockets/framing`."""

import json

from exercise_checks.attempt import Attempt
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import exercise, program_exercise
from exercise_checks.played_client import expect_restart, tcp_server
from exercise_checks.sending import expect_whole_sending

PORT = 9999
NO_REQUESTS = (
    b"hello",
    b"{}",
    b'["text"]',
    b'{"text": 7}',
    b'{"text": "hello"',
    b"7",
    b"null",
    b"",
    b"\xff",
)


@program_exercise
def check_json(attempt: Attempt) -> None:
    with tcp_server(attempt, PORT) as server:
        with server.connect() as client:
            client.send(b'{"text": "hello"}\n')
            _expect(client, {"text": "HELLO"})
            client.send(b'{"text": "', b"slow", b'ly"}', b"\n")
            _expect(client, {"text": "SLOWLY"}, "a request has come when its newline has")
            client.send(b'{"text": "one"}\n{"text": "two"}\n{"text": "th', b'ree"}\n')
            for text in ("ONE", "TWO", "THREE"):
                hint = "after each piece, look for more than one line"
                _expect(client, {"text": text}, hint)
            client.send(json.dumps({"text": "Straße\n"}).encode() + b"\n")
            _expect(client, {"text": "STRASSE\n"})
            for line in NO_REQUESTS:
                client.send(line + b"\n")
                _expect(client, {"error": "not a request"}, "the connection must go on")
            client.send(b'{"text": "bye"}\n')
            _expect(client, {"text": "BYE"})
            client.end_stream()
            client.expect_end("recv returns b'' when the client has ended its stream")
        server.expect_survival(_ask)
        expect_restart(server, _ask)
    expect_whole_sending(attempt)


@exercise
def check_crlf(attempt: Attempt) -> None:
    cut = attempt.function("cut", "cut(buffer)")
    cut.expect(
        b"one\r\ntwo\nthr",
        returns=([b"one", b"two"], b"thr"),
        hints={
            repr(([b"one\r", b"two"], b"thr")): "take off the \\r when a line is complete",
            repr(([b"one", b"two", b"thr"], b"")): "what has no end yet is no line: the rest",
            repr(([b"one", b"two", b"thr"], b"thr")): "the rest is no line yet",
            repr(([b"one"], b"two\nthr")): "all complete lines, also those that end with \\n",
            repr([[b"one", b"two"], b"thr"]): "return lines, rest makes a tuple of the two",
            repr((["one", "two"], "thr")): "lines are bytes here; nobody asked to decode them",
        },
    )
    split = "the \\r may be the beginning of \\r\\n, so there is no line yet"
    cut.expect(
        b"one\r",
        returns=([], b"one\r"),
        hints={
            repr(([b"one"], b"")): split,
            repr(([], b"one")): "keep the \\r: when the \\n has come, both are taken off",
        },
    )
    cut.expect(b"one\r\n", returns=([b"one"], b""))
    cut.expect(b"one\n", returns=([b"one"], b""), hints={repr(([b"on"], b"")): "there is no \\r"})
    cut.expect(
        b"\n\r\nx",
        returns=([b"", b""], b"x"),
        hints={repr(([], b"x")): "an empty line is a line"},
    )
    cut.expect(
        b" a \r\n",
        returns=([b" a "], b""),
        hints={repr(([b"a"], b"")): "strip takes spaces away too; see removesuffix"},
    )
    cut.expect(
        b"a\r\r\n",
        returns=([b"a\r"], b""),
        hints={repr(([b"a"], b"")): "one \\r belongs to the end; see removesuffix"},
    )
    cut.expect(b"a\rb\n", returns=([b"a\rb"], b""))
    cut.expect(b"", returns=([], b""))


def _expect(client: Conversation, answer: dict[str, str], hint: str = "") -> None:
    def fits(line: bytes) -> bool:
        try:
            return bool(json.loads(line) == answer)
        except ValueError:
            return False

    client.expect_line(f"{json.dumps(answer)} as one line", fits, hint)


def _ask(client: Conversation) -> None:
    client.send(b'{"text": "still there"}\n')
    _expect(client, {"text": "STILL THERE"})
