"""When a program waits, and can so be interrupted as a reader does, who takes a moment."""

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
        statuses = [one.status() for one in [process, *children_of(process)]]
        in_a_row = in_a_row + 1 if set(statuses) <= IDLE else 0
        time.sleep(0.002)


def children_of(process):
    """The children of a process; where Linux tells, at once."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if told.exists() and not told.read_text():
        return []
    return process.children()
