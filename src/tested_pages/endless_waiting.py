"""Whether programs wait for something that can no longer come; only Linux tells.

Each of their threads then sleeps in a system call that has no time limit, such as a read, an accept
or a wait for a lock, and stays there. Source: proc(5) on /proc/pid/syscall and /proc/pid/status,
and the tables of system calls of each processor.
"""

from __future__ import annotations

import platform
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tested_pages.process_tree import process_tree

if TYPE_CHECKING:
    from collections.abc import Callable

NO_POINTER = 0
MINUS_ONE = 0xFFFFFFFF
HAS_ENDED = frozenset("ZX")
SLEEPS = "S"
STATE = re.compile(r"^State:\s+(\w)", re.MULTILINE)
SWITCHES = re.compile(r"^\w+_ctxt_switches:\s+(\d+)", re.MULTILINE)


def _always(_arguments: list[int]) -> bool:
    return True


def _is_null(position: int) -> Callable[[list[int]], bool]:
    """Whether the pointer to the time limit, an argument of the call, is none."""
    return lambda arguments: arguments[position] == NO_POINTER


def _is_minus_one(position: int) -> Callable[[list[int]], bool]:
    """Whether the milliseconds of the time limit, an argument of the call, are -1."""
    return lambda arguments: arguments[position] & MINUS_ONE == MINUS_ONE


# Calls that may last for ever, by their numbers, and what tells that this one may. Not among them
# is connect, which Linux tries again and at last gives up.
CALLS_WITHOUT_END: dict[str, dict[int, Callable[[list[int]], bool]]] = {
    "x86_64": {
        0: _always,  # read
        1: _always,  # write
        7: _is_minus_one(2),  # poll
        23: _is_null(4),  # select
        34: _always,  # pause
        43: _always,  # accept
        44: _always,  # sendto
        45: _always,  # recvfrom
        46: _always,  # sendmsg
        47: _always,  # recvmsg
        61: _always,  # wait4
        128: _is_null(2),  # rt_sigtimedwait
        130: _always,  # rt_sigsuspend
        202: _is_null(3),  # futex
        232: _is_minus_one(3),  # epoll_wait
        247: _always,  # waitid
        270: _is_null(4),  # pselect6
        271: _is_null(2),  # ppoll
        281: _is_minus_one(3),  # epoll_pwait
        288: _always,  # accept4
    },
    "aarch64": {
        22: _is_minus_one(3),  # epoll_pwait
        63: _always,  # read
        64: _always,  # write
        72: _is_null(4),  # pselect6
        73: _is_null(2),  # ppoll
        95: _always,  # waitid
        98: _is_null(3),  # futex
        133: _always,  # rt_sigsuspend
        137: _is_null(2),  # rt_sigtimedwait
        202: _always,  # accept
        206: _always,  # sendto
        207: _always,  # recvfrom
        211: _always,  # sendmsg
        212: _always,  # recvmsg
        242: _always,  # accept4
        260: _always,  # wait4
    },
}
_calls = CALLS_WITHOUT_END.get(platform.machine(), {}) if sys.platform == "linux" else {}


def endless_waits(pid: int) -> list[str] | None:
    """What the processes wait for that descend from one, if none of them waits for a time.

    Args:
        pid: The process whose descendants are asked; it itself may have one thread only, the one
            that asks, since others could wake what waits.

    Returns:
        One entry for each thread, equal to an earlier answer if none of them has done anything in
        between; None if there is none, one of them may go on by itself, or nobody can tell.
    """
    if not _calls:
        return None
    try:
        asking, *others = process_tree(pid)
        if asking.num_threads() > 1:
            return None
        waits = [wait for process in others for wait in _endless_waits_of(process)]
    except (OSError, psutil.Error, _MayGoOnError):  # the first two: one has just ended
        return None
    return waits or None


class _MayGoOnError(Exception):
    """A thread runs, or waits for a time."""


def _endless_waits_of(process: psutil.Process) -> list[str]:
    waits = []
    for thread in Path(f"/proc/{process.pid}/task").iterdir():
        status = (thread / "status").read_text(encoding="utf-8")
        state = STATE.search(status)
        if state and state[1] in HAS_ENDED:
            continue
        call = (thread / "syscall").read_text(encoding="utf-8")
        if not state or state[1] != SLEEPS or not _is_endless(call):
            raise _MayGoOnError
        waits.append(f"{thread.name}: {call} {SWITCHES.findall(status)}")
    return waits


def _is_endless(call: str) -> bool:
    number, *arguments = call.split()
    if not number.isdecimal() or int(number) not in _calls:
        return False
    return _calls[int(number)]([int(argument, 16) for argument in arguments])
