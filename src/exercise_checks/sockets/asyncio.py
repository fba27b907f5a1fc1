"""Checks of the exercises on the page `sockets/asyncio`."""

import time

from exercise_checks import program as programs
from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import program_exercise
from exercise_checks.played_client import TcpServer, expect_restart, tcp_server

PORT = 9999
PAUSE_SECONDS = 0.3
ATTEMPTS = 3
LINES = b"".join(b"%098d\n" % number for number in range(1000))
ROUNDS = 60


@program_exercise
def check_goodbye(attempt: Attempt) -> None:
    with tcp_server(attempt, PORT) as server:
        with server.connect() as one, server.connect() as silent, server.connect() as half:
            one.send(b"hello\n")
            one.expect(b"HELLO\n")
            half.send(b"hel")
            _expect_patience(server)
            for client in (one, silent, half):
                client.expect(b"GOODBYE\n", {b"": "the line comes before the end of the stream"})
                client.expect_end()
        server.expect_survival(_ask)
        expect_restart(server, _ask)


@program_exercise
def check_relay(attempt: Attempt) -> None:
    with tcp_server(attempt, PORT) as server:
        with server.connect() as ann, server.connect() as bob, server.connect() as eve:
            _wait_until_all_are_there(server, 3)
            ann.send(b"Hello, all\n")
            when = "when another client had sent b'Hello, all\\n'"
            bob.expect(b"Hello, all\n", {b"HELLO, ALL\n": "the line goes on as it is"}, when)
            eve.expect(b"Hello, all\n", when=when)
            bob.send(b"one\ntwo\n")
            when = "when another client had sent b'one\\ntwo\\n'"
            own = {b"Hello, all\none\ntwo\n": "a line goes to the others only"}
            ann.expect(b"one\ntwo\n", own, when)
            eve.expect(b"one\ntwo\n", when=when)
            ann.send(b"half a li")
            ann.wait_until_received()
            bob.send(b"whole\n")
            when = "when one client had sent half a line, and another b'whole\\n'"
            eve.expect(b"whole\n", when=when)
            ann.expect(b"whole\n", when=when)
            ann.send(b"ne\n")
            when = "when another client had sent b'half a li' and, a moment later, b'ne\\n'"
            eve.expect(b"half a line\n", when=when)
            bob.expect(b"half a line\n", when=when)
            with server.connect():  # who reads nothing
                _wait_until_all_are_there(server, 4)
                when = "when another client had sent 1000 lines, and one did not read"
                for _ in range(ROUNDS):
                    ann.send(LINES)
                    bob.expect(LINES, when=when)
                    eve.expect(LINES, when=when)
        server.expect_survival(_ask_nobody)
        expect_restart(server, _ask_nobody)


def _wait_until_all_are_there(server: TcpServer, count: int) -> None:
    """Waits until the server has accepted so many clients, which its lines tell."""
    deadline = time.monotonic() + programs.PATIENCE_SECONDS
    while server.program.printed.count("Connection from") < count:
        if time.monotonic() > deadline or not server.program.is_running:
            raise server.program.failure(
                f"{count} clients have connected, and {server.program.name} should have printed"
                f" Connection from {count} times",
                is_silent=True,
            )
        time.sleep(programs.PAUSE_SECONDS)


def _ask_nobody(client: Conversation) -> None:
    client.send(b"anybody there?\n")
    client.end_stream()
    client.expect_end("close the connection when the client's stream has ended")


def _expect_patience(server: TcpServer) -> None:
    """Sends a line from time to time, in all for longer than half a second."""
    for number in range(ATTEMPTS):
        try:
            with server.connect() as client:
                for _ in range(3):
                    _ask(client)
                    time.sleep(PAUSE_SECONDS)
                client.end_stream()
                client.expect_end("each line gives half a second more")
                return
        except NotAsExpected:
            # On a busy machine, half a second may be over before a line has been read.
            if number == ATTEMPTS - 1 or not server.program.is_running:
                raise


def _ask(client: Conversation) -> None:
    client.send(b"still there\n")
    client.expect(b"STILL THERE\n")
