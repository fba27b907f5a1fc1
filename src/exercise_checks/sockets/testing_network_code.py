"""Checks of the exercises on the page `sockets/testing_network_code`."""

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

from exercise_checks.attempt import Attempt, AttemptedFunction, NotAsExpected
from exercise_checks.exercises import exercise

PAUSE_SECONDS = 0.1
PATIENCE_SECONDS = 2.0
MOST = 1_000_000
MESSAGES = [b"one", b"", b"\0\0\0\x05a\nb", b"x" * 300]
STREAM = b"".join(len(message).to_bytes(4, "big") + message for message in MESSAGES)


@exercise
def check_ask(attempt: Attempt) -> None:
    ask = attempt.function("ask", "ask(sock, text)")
    for text, pieces in (
        ("hello", [b"HELLO\n"]),
        ("hello", [b"HEL", b"LO\n"]),
        ("Straße", [b"STRASSE\n"]),
        ("ä", [b"\xc3", b"\x84\n"]),
    ):
        _expect_answer(ask, text, pieces)
    for pieces in ([], [b"HEL"]):
        _expect_end_of_file(ask, pieces)


@exercise
def check_length(attempt: Attempt) -> None:
    make = attempt.function("LengthProtocol", "a class LengthProtocol")
    for size in (len(STREAM), 1, 2, 3, 5, 8, 100):
        protocol = make()
        messages = []
        for start in range(0, len(STREAM), size):
            messages += _received(attempt, protocol, STREAM[start : start + size])
        if messages != MESSAGES:
            raise NotAsExpected(
                f"received in pieces of {size} bytes, the messages {_short(MESSAGES)} came out as"
                f" {_short(messages)}"
            )
    _received(attempt, make(), MOST.to_bytes(4, "big"))
    try:
        _received(attempt, make(), (MOST + 1).to_bytes(4, "big"))
    except NotAsExpected as failure:
        if isinstance(failure.__cause__, ValueError):
            return
        raise
    raise NotAsExpected(
        "a length of 1,000,001 should raise a ValueError as soon as its four bytes have come"
    )


@contextlib.contextmanager
def _played(pieces: list[bytes]) -> Iterator[tuple[socket.socket, list[bytes]]]:
    """A socket whose other end reads a line, sends the pieces and closes; with what it has read."""
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE_SECONDS)
    asked: list[bytes] = []

    def play() -> None:
        with ours, contextlib.suppress(OSError):
            while not b"".join(asked).endswith(b"\n") and (data := ours.recv(1024)):
                asked.append(data)
            for number, piece in enumerate(pieces):
                if number:
                    time.sleep(PAUSE_SECONDS)
                ours.sendall(piece)

    thread = threading.Thread(target=play, daemon=True)
    thread.start()
    with theirs:
        theirs.settimeout(2 * PATIENCE_SECONDS)
        yield theirs, asked
    thread.join()


def _expect_answer(ask: AttemptedFunction, text: str, pieces: list[bytes]) -> None:
    expected = b"".join(pieces).decode().removesuffix("\n")
    when = f"when the answer came in the pieces {pieces}" if pieces[1:] else "with its answer there"
    line = text.encode() + b"\n"
    with _played(pieces) as (sock, asked):
        try:
            returned = ask(sock, text)
        except NotAsExpected as failure:
            if b"".join(asked) == line:
                raise _named(failure) from failure.__cause__
            returned = None
    if (sent := b"".join(asked)) != line:
        raise NotAsExpected(f"ask(sock, {text!r}) sent {sent!r}; expected {line!r}")
    if returned != expected:
        raise NotAsExpected(
            f"ask(sock, {text!r}) returned {returned!r} {when}; expected {expected!r}"
            + (" (without the newline)" if returned == f"{expected}\n" else "")
        )


def _expect_end_of_file(ask: AttemptedFunction, pieces: list[bytes]) -> None:
    came = f"after {pieces[0]!r}" if pieces else "without an answer"
    try:
        with _played(pieces) as (sock, _):
            returned = ask(sock, "hello")
    except NotAsExpected as failure:
        if isinstance(failure.__cause__, EOFError):
            return
        raise NotAsExpected(
            f"{_named(failure)}, when the stream ended {came}; expected EOFError"
        ) from failure
    raise NotAsExpected(
        f"ask(sock, 'hello') returned {returned!r} when the stream ended {came};"
        " expected it to raise EOFError"
    )


def _named(failure: NotAsExpected) -> NotAsExpected:
    """The failure of a call, with a name for the socket in it."""
    return NotAsExpected(re.sub(r"<socket\.socket [^>]*>", "sock", str(failure)))


def _received(attempt: Attempt, protocol: Any, piece: bytes) -> list[bytes]:
    try:
        return list(protocol.receive(piece))
    except Exception as error:
        raise NotAsExpected(
            f"receive raised {type(error).__name__}: {error}{attempt.where(error)}"
        ) from error


def _short(messages: list[bytes]) -> str:
    return str([message if len(message) < 20 else message[:20] + b"..." for message in messages])
