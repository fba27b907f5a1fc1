"""Checks an exercise in the page: `python -m live_process.exercise_check PAGE FILE EXERCISE`.

The checks are those of the package `exercise_checks`, which lies on this disk as an archive. Where
they start the reader's program, the page starts another Python on the same network. What is found
goes to the page as JSON: a text for each step, and a list, the verdict.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from . import descriptors, waiting

if TYPE_CHECKING:
    import socket
    from pathlib import Path

ARCHIVE = "/lib/exercise_checks.zip"
# What a program may take to import its modules, which is more here than on a computer.
START_SECONDS = 30.0


class Page:
    """The page as the system beneath the checks; see `exercise_checks.system.System`."""

    has_abstract_names = True

    def start(self, file: Path, arguments: tuple[str, ...], folder: Path | None) -> PageProgram:
        """Starts a Python program in the page."""
        return PageProgram(file, arguments, folder)

    def unread(self, sock: socket.socket) -> int | None:
        """How many bytes the other end has not read, as the network knows."""
        count: int | None = waiting.call("unreadByPeer", descriptors.socket_id(sock.fileno()))
        return count


class PageProgram:
    """A program that the page runs in another Python; see `exercise_checks.system.Running`."""

    takes_ctrl_c = True

    def __init__(self, file: Path, arguments: tuple[str, ...], folder: Path | None) -> None:
        host = waiting.state.host
        place = os.path.abspath(folder or os.getcwd())
        self._folder = host.disk.share(place)
        argv = waiting.for_javascript(["-u", "-X", "faulthandler", str(file), *arguments])
        source = waiting.for_javascript(file.read_bytes())
        changes = self._folder.changes()
        program = host.childProgram(argv, place, os.path.abspath(file), source, changes)
        self._number: int = waiting.call("child start", program)
        self._status: int | None = None
        self._printed = self._complained = self._places = ""

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""
        self._ask()
        return self._status

    @property
    def printed(self) -> bytes:
        """What it has written to its standard output so far."""
        self._ask()
        return self._printed.encode()

    @property
    def complained(self) -> bytes:
        """What it has written to its standard error so far."""
        self._ask()
        return (self._complained + self._places).encode()

    def wait(self, seconds: float) -> bool:
        """Waits for its end, so long at most; returns whether it has come."""
        has_ended = bool(self._call("wait", seconds * 1000))
        self._ask()
        return has_ended

    wait_for_all_printed = wait
    wait_for_all_complained = wait

    def type(self, data: bytes) -> None:
        """Gives it lines."""
        for line in data.decode().splitlines():
            self._call("type", line)

    def end_input(self) -> None:
        """Ends its input."""
        self._call("endInput")

    def press_ctrl_c(self) -> None:
        """Interrupts it."""
        self._call("interrupt")

    def tell_places(self, seconds: float) -> None:
        """Has it complain of where its threads are; it goes on."""
        self._places += self._call("places", seconds * 1000)

    def limit_memory(self, more: int) -> None:
        """Lets it have so many bytes of memory more than now, give or take what one step is."""
        self._call("limitMemory", more)

    def end(self) -> None:
        """Ends it, whatever it does."""
        self._call("kill")

    def close(self) -> None:
        """Does nothing more."""

    def _call(self, operation: str, *arguments: Any) -> Any:
        if self._status is None and (changes := self._folder.changes()) is not None:
            waiting.call("child put", self._number, changes)
        return waiting.call(f"child {operation}", self._number, *arguments)

    def _ask(self) -> None:
        if self._status is not None:
            return
        news = self._call("news", len(self._printed), len(self._complained))
        self._status, printed, complained, files = news
        self._printed += printed
        self._complained += complained
        if files is not None:
            self._folder.put(files)


def main(page: str, file: str, exercise: str) -> None:
    """Checks one exercise and tells the page."""
    sys.path.insert(1, ARCHIVE)
    from pathlib import Path

    from exercise_checks import program, system
    from exercise_checks.exercises import check_file

    def tell(value: object) -> None:
        waiting.state.host.tell(json.dumps(value))

    program.START_SECONDS = START_SECONDS
    system.use(Page())
    for verdict in check_file(page, Path(file), exercise, tell):
        tell(astuple(verdict))


if __name__ == "__main__":
    main(*sys.argv[1:])
