"""Checks of the exercises on the page `sockets/security`."""

import contextlib
import hmac
import os
import tempfile
from pathlib import Path

from exercise_checks.attempt import Attempt
from exercise_checks.conversation import Conversation
from exercise_checks.datagrams import udp_server
from exercise_checks.exercises import program_exercise
from exercise_checks.played_client import TcpServer, tcp_server
from exercise_checks.sending import expect_whole_sending

UDP_PORT = 11111
TCP_PORT = 9999
NO_NOTE = b"No such note\n"


@program_exercise
def check_replay(attempt: Attempt) -> None:
    key, wrong_key = os.urandom(32), os.urandom(32)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "key").write_bytes(key)
        with udp_server(attempt, UDP_PORT, folder=Path(folder)) as server:
            program = server.program
            program.expect_line(f"Listening on 127.0.0.1 port {UDP_PORT}", "at the beginning")
            server.ask(_signed(key, 7, b"pay 10"), _answer(key, b"pay 10"))
            program.expect_line("b'pay 10'", "when a datagram with counter 7 had come")
            for datagram, reason, what in (
                (_signed(key, 7, b"pay 10"), "counter 7 is not above 7", "the same came again"),
                (_signed(key, 6, b"pay 20"), "counter 6 is not above 7", "one with 6 came later"),
                (_signed(wrong_key, 99, b"pay 30"), "not signed with our key", "a forged one came"),
                (_signed(key, 98, b"pay 40")[:-1], "not signed with our key", "a cut one came"),
                (b"", "not signed with our key", "an empty one came"),
            ):
                server.send(datagram)
                program.expect_line(f"Dropped: {reason}", f"when {what}")
            server.ask(
                _signed(key, 8, b"pay 50"), _answer(key, b"pay 50"), "some datagrams were bad; "
            )
            program.expect_line("b'pay 50'", "when a datagram with counter 8 had come")
            server.stop()


@program_exercise
def check_notes(attempt: Attempt) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        notes = folder / "notes"
        notes.mkdir()
        (notes / "hello.txt").write_bytes(b"welcome")
        (folder / "secret.txt").write_bytes(b"secret")
        with contextlib.suppress(OSError):  # Windows may refuse to make links
            (notes / "link.txt").symlink_to(folder / "secret.txt")
        with tcp_server(attempt, TCP_PORT, folder=folder) as server:
            _ask(server, b"hello.txt\n", answer=b"welcome")
            program = server.program
            program.expect_line(f"Listening on 127.0.0.1 port {TCP_PORT}", "at the beginning")
            program.expect_line("Sent 7 bytes", "when a client had asked for hello.txt")
            _ask(server, b"hel", b"lo.txt", b"\n", answer=b"welcome")
            program.expect_line("Sent 7 bytes", "when a client had asked for it in pieces")
            for asked in (
                b"missing.txt",
                b"../secret.txt",
                str(folder / "secret.txt").encode(),
                b"link.txt",
                b".",
                b"",
                b"\xff",
                b"x" * 101,
            ):
                _ask(server, asked + b"\n", answer=NO_NOTE)
                program.expect_beginning("Refused: ", f"when a client had asked for {asked!r}")
            server.expect_survival(_ask_for_hello)
            server.stop(_ask_for_hello)
    expect_whole_sending(attempt)


def _signed(key: bytes, counter: int, message: bytes) -> bytes:
    signed = counter.to_bytes(8, "big") + message
    return hmac.digest(key, signed, "sha256") + signed


def _answer(key: bytes, message: bytes) -> bytes:
    answer = message.upper()
    return hmac.digest(key, answer, "sha256") + answer


def _ask(server: TcpServer, *pieces: bytes, answer: bytes) -> None:
    with server.connect() as client:
        client.send(*pieces)
        client.expect(answer, {b"secret": "this file is not in the folder"})
        client.expect_end("one client asks for one note")


def _ask_for_hello(client: Conversation) -> None:
    client.send(b"hello.txt\n")
    client.expect(b"welcome")
