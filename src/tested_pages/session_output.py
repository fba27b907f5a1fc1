"""Runs pieces of Python as the interactive interpreter does and collects all that they print."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType, FrameType

INTERACTIVE_FILENAME = "<stdin>"


class DeadlineExceeded(BaseException):
    """An example ran longer than it may; not an Exception, so that examples do not catch it."""


class CapturedOutput:
    """Everything this process and its children write to their standard output and error.

    File descriptors 1 and 2 lead to a file from now on, so that what C code, threads and child
    processes print is seen too.

    Attributes:
        seen: How much of the file was taken, in bytes.

    Args:
        file: A file that does not exist yet.
    """

    def __init__(self, file: Path) -> None:
        self._descriptor = os.open(
            file, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        )
        for standard in (1, 2):
            os.dup2(self._descriptor, standard)
        sys.stdout, sys.stderr = (
            open(  # noqa: SIM115
                standard, "w", encoding="utf-8", buffering=1, newline="\n", closefd=False
            )
            for standard in (1, 2)
        )
        self.seen = 0

    def take(self) -> str:
        """What was written since the last call."""
        sys.stdout.flush()
        sys.stderr.flush()
        size = os.fstat(self._descriptor).st_size
        # Writers append wherever the descriptors that they share with this one point to.
        os.lseek(self._descriptor, self.seen, os.SEEK_SET)
        written = os.read(self._descriptor, size - self.seen)
        self.seen += len(written)
        return written.decode("utf-8", "replace")


def run_piece(
    source: str, mode: Literal["single", "exec"], filename: str, namespace: dict[str, Any]
) -> BaseException | None:
    """Runs source code in a namespace; an exception it raises is returned.

    Args:
        source: Python code; for "single" one interactive statement.
        mode: "single" prints the values of expressions, as the interactive interpreter does.
        filename: What tracebacks say.
        namespace: The globals.
    """
    try:
        code: CodeType = compile(source, filename, mode, dont_inherit=True)
        exec(code, namespace)  # noqa: S102, running the page's code is what this is for
    except DeadlineExceeded:
        raise
    except BaseException as error:
        return error
    return None


def traceback_text(error: BaseException) -> str:
    """What the interactive interpreter prints for an exception that `run_piece` returned."""
    is_syntax_error = isinstance(error, SyntaxError) and (
        error.__traceback__ is None or error.__traceback__.tb_next is None
    )
    # The first entry is run_piece itself.
    place = error.__traceback__.tb_next if error.__traceback__ and not is_syntax_error else None
    if sys.version_info < (3, 12):
        # There the interpreter suggests names, as in "Did you mean: 'print'?", and the module
        # traceback does not.
        with contextlib.redirect_stderr(io.StringIO()) as written:
            sys.__excepthook__(type(error), error.with_traceback(place), place)
        return written.getvalue()
    if is_syntax_error:
        return "".join(traceback.format_exception_only(error))
    return "".join(traceback.format_exception(type(error), error, place))


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Interrupts what runs within after so many seconds, where the system has such timers.

    Raises:
        DeadlineExceeded: It ran longer.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise DeadlineExceeded

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
