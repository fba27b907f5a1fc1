"""When a program waits, and can so be interrupted as a reader does, who takes a moment."""

import contextlib
import time
from pathlib import Path

import psutil

IDLE = {psutil.STATUS_SLEEPING, psutil.STATUS_ZOMBIE}


def wait_until_idle(pid):
    """Wait until a program and its children wait for something.

    A signal that comes just before a call begins to wait is noticed only when that call returns,
    one that comes while a process forks is lost, and one that comes while socketserver starts a
    thread closes the connection that the thread serves already.
    """
    process = psutil.Process(pid)
    in_a_row = 0
    while in_a_row < 3:
        in_a_row = in_a_row + 1 if is_idle(process) else 0
        time.sleep(0.002)


def is_idle(process):
    """Whether a program and its children wait, or have ended."""
    try:
        return {one.status() for one in [process, *children_of(process)]} <= IDLE
    except psutil.NoSuchProcess:  # a child that has ended meanwhile
        return not process.is_running()


def children_of(process):
    """The children of a process; where Linux tells, at once."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    with contextlib.suppress(OSError):
        if not told.read_text():
            return []
    return process.children()
