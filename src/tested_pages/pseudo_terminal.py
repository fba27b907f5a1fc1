"""One program on a pseudo-terminal of its own, as a person at a keyboard has it."""

from __future__ import annotations

import codecs
import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil

from tested_pages.process_tree import process_tree

if sys.platform != "win32":
    import fcntl
    import pty
    import struct
    import termios

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS, ROWS = 80, 24
READ_SIZE = 65536


class PseudoTerminalProcess:
    """A running program, its screen and its keyboard.

    The program has the terminal to itself: a session of its own, echo, line editing, signals from
    keys. Only two things are off: the translation of newlines, so that output comes as the program
    wrote it, and the habit of keys such as ^C to throw away what was printed and not yet read.

    Args:
        argv: The program and its arguments.
        folder: Its working folder.
        environment: All of its environment variables.

    Raises:
        OSError: The program cannot be started.
    """

    def __init__(self, argv: list[str], folder: Path, environment: Mapping[str, str]) -> None:
        keyboard_and_screen, terminal = pty.openpty()
        attributes = termios.tcgetattr(terminal)
        attributes[1] &= ~termios.OPOST
        attributes[3] |= termios.NOFLSH
        termios.tcsetattr(terminal, termios.TCSANOW, attributes)
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)
        try:
            self._process = subprocess.Popen(
                argv,
                cwd=folder,
                env=dict(environment),
                stdin=terminal,
                stdout=terminal,
                stderr=terminal,
                start_new_session=True,
                preexec_fn=_take_controlling_terminal,  # noqa: PLW1509, there are no threads
            )
        except BaseException:
            os.close(keyboard_and_screen)
            raise
        finally:
            os.close(terminal)
        os.set_blocking(keyboard_and_screen, False)
        self._fd = keyboard_and_screen
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self.at_end = False

    def fileno(self) -> int:
        """The file descriptor that becomes readable when the program has printed."""
        return self._fd

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._process.pid

    def read(self) -> str:
        """What the program has printed since the last call; never waits."""
        pieces = []
        while not self.at_end:
            try:
                data = os.read(self._fd, READ_SIZE)
            except BlockingIOError:
                break
            except OSError:
                # Linux reports the end of a pseudo-terminal as EIO, macOS as an empty read.
                data = b""
            if not data:
                self.at_end = True
            pieces.append(self._decoder.decode(data, final=not data))
        return "".join(pieces)

    @property
    def echoes(self) -> bool:
        """Whether the terminal shows what is typed; programs turn it off for passwords."""
        return bool(termios.tcgetattr(self._fd)[3] & termios.ECHO)

    @property
    def edits_lines(self) -> bool:
        """Whether the terminal lets one edit a line; programs that do it themselves turn it off."""
        return bool(termios.tcgetattr(self._fd)[3] & termios.ICANON)

    def progress(self) -> object | None:
        """How far the program is: equal to an earlier answer if it only waited in between.

        None if it computes, or if it has ended.
        """
        counts = []
        with contextlib.suppress(psutil.Error):
            for process in process_tree(self._process.pid):
                # Other systems call a process running that waits.
                if sys.platform == "linux" and process.status() != psutil.STATUS_SLEEPING:
                    return None
                counts.append((process.pid, process.num_ctx_switches()))
            return counts
        return None

    def cpu_seconds(self) -> float:
        """How long the program and its children have had a processor; 0 once they have ended."""
        seconds = 0.0
        with contextlib.suppress(psutil.Error):
            for process in process_tree(self._process.pid):
                times = process.cpu_times()
                seconds += times.user + times.system
        return seconds

    def press(self, data: bytes) -> None:
        """Types `data`; a program that is gone does not mind."""
        with contextlib.suppress(OSError):
            os.write(self._fd, data)

    def exit_status(self) -> int | None:
        """The program's exit status as a shell gives it (130 for Ctrl-C); None while it runs."""
        status = self._process.poll()
        return 128 - status if status is not None and status < 0 else status

    def close(self) -> None:
        """Kills the program, with all that it started in its session, and frees the terminal."""
        if self._fd < 0:
            return
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._fd)
        self._fd = -1


def _take_controlling_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
