"""Whether the other program has taken what was sent to it."""

from __future__ import annotations

import socket
import time

from exercise_checks import system

# A program that is busy takes nothing; then we go on all the same.
LONGEST_SECONDS = 0.5
# Where it cannot be known, most programs will have taken it after this time.
PAUSE_SECONDS = 0.1


def wait_until_read(sock: socket.socket) -> None:
    """Waits until the program at the other end, on this machine, has read all that was sent.

    So what is sent next comes in a piece of its own.
    """
    try:
        sock.getpeername()
    except OSError:  # the connection is over
        return
    if sock.family not in {socket.AF_INET, socket.AF_INET6}:
        time.sleep(PAUSE_SECONDS)
        return
    deadline = time.monotonic() + LONGEST_SECONDS
    while (count := _unread(sock)) and time.monotonic() < deadline:
        time.sleep(0.001)
    if count is None:
        time.sleep(PAUSE_SECONDS)


def _unread(sock: socket.socket) -> int | None:
    try:
        return system.current().unread(sock)
    except OSError:  # it is over now
        return None
