"""Run a listing as `python listing.py` would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run(path: Path, arguments: Sequence[str]) -> int:
    """Run a program with this interpreter, in the current folder, until it ends.

    Where the system can replace a process by another (everywhere but on Windows) this never
    returns: the program takes over the process, with its terminal, its signals and its status.

    Args:
        path: The program's file.
        arguments: Its command-line arguments.

    Returns:
        The program's exit status.
    """
    command = [sys.executable, str(path), *arguments]
    if sys.platform != "win32":
        sys.stdout.flush()
        os.execv(command[0], command)  # noqa: S606 - the very point: no shell, no second process
    # execv of Windows starts a second process and ends this one at once: the shell would prompt
    # while the program still runs.
    return run_as_child(command)


def run_as_child(command: Sequence[str]) -> int:
    """Run a command in a second process and wait for it.

    A Ctrl-C reaches both processes; what it means is for the command to say. Call it from the
    main thread: only there can a signal's handler be set.

    Args:
        command: The program and its arguments.

    Returns:
        The command's exit status, as a signed 32-bit number: that is what `sys.exit` takes.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        status = subprocess.call(command)
    finally:
        signal.signal(signal.SIGINT, before)
    # Windows counts from 0 to 2**32 - 1; a program ended by Ctrl-C gives 0xC000013A.
    return status if status < 2**31 else status - 2**32
