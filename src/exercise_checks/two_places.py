"""Checks a TCP server that talks to two clients at a time, and lets the others wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exercise_checks.played_client import expect_restart, tcp_server

if TYPE_CHECKING:
    from exercise_checks.attempt import Attempt
    from exercise_checks.conversation import Conversation

# A server that does not let the third client wait answers it sooner, if only just.
SILENCE_SECONDS = 0.3
WHY = "while two other clients are connected"


def expect_two_places(attempt: Attempt, port: int) -> None:
    """Expects a server that answers in upper case two clients at a time, and the third later.

    Raises:
        NotAsExpected: It serves more of them, or fewer, or loses a place.
    """
    with tcp_server(attempt, port) as server:
        with server.connect() as first, server.connect() as second:
            _ask(first, b"first")
            _ask(second, b"second")
            with server.connect() as third:
                third.send(b"third")
                third.expect_silence(SILENCE_SECONDS, WHY)
                for client in (first, second):
                    _ask(client, b"still here")
                third.expect_silence(0, WHY)
                if server.program.printed.count("Connection from") > 2:
                    raise server.program.failure(
                        f"{server.program.name} printed Connection from a third time {WHY}",
                        "the third should wait in the backlog: accept when there is a place",
                    )
                first.close()
                third.expect(b"THIRD")
                second.end_stream()
                second.expect_end()
                third.end_stream()
                third.expect_end("give each client's place back, and close its connection")
        server.expect_survival(_ask_once)
        with server.connect("all these clients have left; ") as client, server.connect() as other:
            _ask_once(client)
            _ask_once(other)
        expect_restart(server, _ask_once)


def _ask_once(client: Conversation) -> None:
    _ask(client, b"still there")


def _ask(client: Conversation, message: bytes) -> None:
    client.send(message)
    client.expect(message.upper(), {message: "in upper case"})
