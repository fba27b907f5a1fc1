"""Where a program's threads are, for who asks it, as `faulthandler` writes it.

A thread that waits cannot be looked at, since its stack is put away; so it leaves a note of where
it is before it waits. A program that computes is asked by a signal.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from . import waiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MACHINERY = os.path.dirname(__file__) + "/"
ASKING_SIGNAL = signal.SIGSYS


def watch() -> None:
    """Keep notes from now on, and answer when the program computes."""
    waiting.state.places = {}
    signal.signal(ASKING_SIGNAL, _on_asked)
    waiting.state.host.askWith(int(ASKING_SIGNAL))


def written() -> str:
    """The notes of all threads, those that began last first."""
    notes = waiting.state.places or {}
    threads = (
        f"Thread 0x{thread:016x} (most recent call first):\n{_lines(frame_notes)}"
        for thread, frame_notes in sorted(notes.items(), reverse=True)
    )
    return "\n".join(threads)


def _lines(notes: list[tuple[str, int, str]]) -> str:
    return "".join(f'  File "{file}", line {line} in {name}\n' for file, line, name in notes)


def _on_asked(number: int, frame: FrameType | None) -> None:
    waiting.note_place(frame)
    waiting.state.host.tellPlaces(written())


def frames_of_program(frame: FrameType | None) -> Iterator[tuple[str, int, str]]:
    """File, line and function of each frame, innermost first, without the machinery's own."""
    while frame is not None:
        code = frame.f_code
        if not code.co_filename.startswith(MACHINERY):
            yield code.co_filename, frame.f_lineno or 0, code.co_name
        frame = frame.f_back
