"""What is beneath the checks: where a reader's program is started, and who tells of connections.

The checks use nothing else of a system but the standard library's sockets, files and clocks. On a
computer it is `exercise_checks.computer`; whoever runs the checks elsewhere, as in a browser that
cannot start processes, gives another with `use`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import socket
    from pathlib import Path


class Running(Protocol):
    """A program that was started."""

    @property
    def takes_ctrl_c(self) -> bool:
        """Whether Ctrl-C can be pressed."""

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""

    @property
    def printed(self) -> bytes:
        """What it has written to its standard output so far, up to some limit."""

    @property
    def complained(self) -> bytes:
        """What it has written to its standard error so far, up to some limit."""

    def wait(self, seconds: float) -> bool:
        """Waits for its end, so long at most; returns whether it has come."""

    def wait_for_all_printed(self, seconds: float) -> bool:
        """Waits until nothing more can come to its standard output; returns whether that is so."""

    def wait_for_all_complained(self, seconds: float) -> bool:
        """Waits until nothing more can come to its standard error; returns whether that is so."""

    def type(self, data: bytes) -> None:
        """Gives it input; nothing happens if it has ended."""

    def end_input(self) -> None:
        """Ends its input."""

    def press_ctrl_c(self) -> None:
        """Interrupts it and what it has started; nothing happens if it has ended."""

    def tell_places(self, seconds: float) -> None:
        """Has it complain, as faulthandler does, of where its threads are; it may end of that."""

    def limit_memory(self, more: int) -> None:
        """Lets it have so many bytes of memory more than now, where the system can do that."""

    def end(self) -> None:
        """Ends it, and all that it has started, whatever they do."""

    def close(self) -> None:
        """Lets go of a program that has ended."""


class System(Protocol):
    """A system that programs are started on."""

    @property
    def has_abstract_names(self) -> bool:
        """Whether sockets of the family AF_UNIX may have names that are no paths, as on Linux."""

    def start(self, file: Path, arguments: tuple[str, ...], folder: Path | None) -> Running:
        """Starts a Python program.

        Args:
            file: Its file.
            arguments: What follows the file's name on the command line.
            folder: Where it runs; without one, where the check does.
        """

    def unread(self, sock: socket.socket) -> int | None:
        """How many bytes that were sent on a TCP connection the other end has not read.

        Returns:
            What is still under way or waits to be read; None if that is not known.
        """


class _Present:
    system: System | None = None


def use(system: System) -> None:
    """Starts programs on this system from now on."""
    _Present.system = system


def current() -> System:
    """The system that programs are started on."""
    if _Present.system is None:
        # Only here, since it cannot be imported everywhere.
        from exercise_checks.computer import Computer

        _Present.system = Computer()
    return _Present.system
