"""The keyboard: `input()`, `sys.stdin` and whatever reads it."""

from __future__ import annotations

import builtins
import functools
import io
import os
import sys
from typing import TYPE_CHECKING, Any

from . import unix_paths, waiting

if TYPE_CHECKING:
    from collections.abc import Buffer


class Keyboard(io.RawIOBase):
    """What is typed, a line at a time, as a terminal gives it."""

    name = "<stdin>"
    mode = "rb"

    def __init__(self) -> None:
        self._line = b""

    def readable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def readinto(self, buffer: Buffer, /) -> int:
        while not self._line:
            sys.stdout.flush()
            line = waiting.wait(waiting.state.host.readLine())
            if line is None:
                return 0
            if line != waiting.INTERRUPTED:
                self._line = line[1:].encode()
        view = memoryview(buffer)
        part, self._line = self._line[: len(view)], self._line[len(view) :]
        view[: len(part)] = part
        return len(part)


class TerminalText(io.TextIOWrapper):
    """Standard input as text; it is called `<stdin>` as on any system."""

    mode = "r"


def _opening(open_file: Any) -> Any:
    """The function `open`, which knows that the keyboard is descriptor 0."""

    @functools.wraps(open_file)
    def opening(file: Any, mode: str = "r", buffering: int = -1, *more: Any, **options: Any) -> Any:
        if file != 0 or isinstance(file, bool) or "w" in mode:
            if not isinstance(file, int):
                unix_paths.check_opening(file)
            return open_file(file, mode, buffering, *more, **options)
        raw = Keyboard()
        if "b" in mode:
            return raw if buffering == 0 else io.BufferedReader(raw)
        options.pop("closefd", None)
        return io.TextIOWrapper(io.BufferedReader(raw), *more, **options)

    return opening


def _reading(read: Any) -> Any:
    """The function `os.read`, which knows that the keyboard is descriptor 0."""
    keyboard = Keyboard()

    @functools.wraps(read)
    def reading(fd: int, length: int, /) -> bytes:
        if fd != 0:
            return bytes(read(fd, length))
        return keyboard.read(length) or b""

    return reading


def _asking(ask: Any) -> Any:
    """The function `input`, which at a terminal says no more than EOFError where the input ends."""

    @functools.wraps(ask)
    def asking(prompt: object = "", /) -> str:
        try:
            return str(ask(prompt))
        except EOFError:
            if _is_terminal(sys.stdin, 0) and _is_terminal(sys.stdout, 1):
                raise EOFError from None
            raise

    return asking


def _is_terminal(stream: Any, descriptor: int) -> bool:
    try:
        return bool(stream.fileno() == descriptor and stream.isatty())
    except (AttributeError, OSError, ValueError):
        return False


def install() -> None:
    """Replace `sys.stdin`, and what asks for it, opens or reads it by its descriptor."""
    builtins.input = _asking(builtins.input)
    builtins.open = io.open = _opening(io.open)
    os.read = _reading(os.read)
    sys.stdin = TerminalText(io.BufferedReader(Keyboard()), encoding="utf-8", errors="strict")
    sys.__stdin__ = sys.stdin  # type: ignore[misc]


def is_ready() -> bool:
    """Whether reading would not wait: a line, or the end of the file, is there."""
    return bool(waiting.state.host.isLineReady())
