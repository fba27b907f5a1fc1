"""Checks of the exercises on the page `sockets/selectors`."""

import contextlib
import socket
import sys
import time
from collections.abc import Iterator
from typing import TypeAlias

from exercise_checks.attempt import Attempt, AttemptedFunction, NotAsExpected
from exercise_checks.exercises import exercise, program_exercise
from exercise_checks.sending import expect_whole_sending
from exercise_checks.two_places import expect_two_places

PORT = 9999
PATIENCE_SECONDS = 8.0
IMPATIENCE_SECONDS = 0.3
# What a call may take beyond its patience, on a busy machine too.
LATE_SECONDS = 3.0

Address: TypeAlias = "tuple[str, int]"


@program_exercise
def check_limit(attempt: Attempt) -> None:
    expect_two_places(attempt, PORT)
    expect_whole_sending(attempt)


@exercise
def check_first(attempt: Attempt) -> None:
    connect_to_first = attempt.function("connect_to_first", "connect_to_first(addresses, patience)")
    with _listening() as welcome, _refusing() as refused, _silent() as silent:
        _expect_connection(connect_to_first, [welcome], welcome, "")
        _expect_connection(
            connect_to_first,
            [refused, welcome],
            welcome,
            "a socket is ready to be written when its attempt has failed, too: ask for SO_ERROR",
        )
        _expect_connection(
            connect_to_first,
            [silent, refused, welcome],
            welcome,
            "call all of them before you wait for one",
        )
        _expect_failure(connect_to_first, [refused, refused], PATIENCE_SECONDS, OSError)
        # On other systems than Linux, a server whose backlog is full may refuse. In the page's
        # Python, whose platform is emscripten, the network does as Linux does.
        error = TimeoutError if sys.platform in {"linux", "emscripten"} else OSError
        _expect_failure(connect_to_first, [silent, refused], IMPATIENCE_SECONDS, error)


@contextlib.contextmanager
def _listening() -> Iterator[Address]:
    """An address at which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()


@contextlib.contextmanager
def _refusing() -> Iterator[Address]:
    """An address at which nobody listens, and nobody else can."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()


@contextlib.contextmanager
def _silent() -> Iterator[Address]:
    """An address at which nobody answers, since its backlog is full."""
    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as listener,
        socket.create_connection(listener.getsockname()),
    ):
        yield listener.getsockname()


def _expect_connection(
    connect_to_first: AttemptedFunction, addresses: list[Address], expected: Address, hint: str
) -> None:
    call = f"connect_to_first({addresses}, {PATIENCE_SECONDS})"
    hint = f" ({hint})" if hint else ""
    start = time.monotonic()
    sock = connect_to_first(addresses, PATIENCE_SECONDS)
    seconds = time.monotonic() - start
    if not isinstance(sock, socket.socket):
        raise NotAsExpected(f"{call} returned {sock!r}; expected a socket{hint}")
    with sock:
        try:
            found = sock.getpeername()
        except OSError as error:
            raise NotAsExpected(
                f"{call} returned a socket that is not connected: getpeername() says {error}{hint}"
            ) from error
        if found != expected:
            raise NotAsExpected(
                f"{call} returned a socket connected to {found}; expected {expected}"
            )
        if sock.gettimeout() is not None:
            raise NotAsExpected(
                f"{call} returned a socket with the timeout {sock.gettimeout()};"
                " expected None, as of a new socket (setblocking(True) sets it)"
            )
    if seconds > PATIENCE_SECONDS:
        raise NotAsExpected(f"{call} took {seconds:.1f} seconds{hint}")


def _expect_failure(
    connect_to_first: AttemptedFunction,
    addresses: list[Address],
    patience: float,
    error: type[OSError],
) -> None:
    start = time.monotonic()
    connect_to_first.expect_error(error, addresses, patience)
    seconds = time.monotonic() - start
    if seconds > patience + LATE_SECONDS:
        raise NotAsExpected(
            f"connect_to_first({addresses}, {patience}) gave up after {seconds:.1f} seconds"
            " (the patience is for all attempts together)"
        )
