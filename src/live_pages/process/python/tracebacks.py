"""Tracebacks as on a system: without the machinery, and with the paths that a reader knows."""

from __future__ import annotations

import os
import traceback
from typing import Any

MACHINERY = os.path.dirname(__file__) + "/"

LIBRARY = "/lib/python314.zip/"
LIBRARY_ON_LINUX = "/usr/lib/python3.14/"


class _State:
    folder = "/"


state = _State()


def install(folder: str) -> None:
    """Trim every traceback that the standard library makes; paths below `folder` get relative."""
    state.folder = folder
    extract = traceback.StackSummary._extract_from_extended_frame_gen.__func__  # type: ignore[attr-defined]

    def trimmed(kind: Any, /, frames: Any, **options: Any) -> Any:
        kept = (
            frame
            for frame in frames
            if not frame[0].f_code.co_filename.startswith((MACHINERY, "<frozen runpy"))
        )
        summary = extract(kind, kept, **options)
        for entry in summary:
            entry.line  # noqa: B018  (it is looked up by the name that changes now)
            entry.filename = shown(entry.filename, state.folder)
        return summary

    setattr(  # noqa: B010  (the stubs do not know it)
        traceback.StackSummary, "_extract_from_extended_frame_gen", classmethod(trimmed)
    )


def shown(filename: str, folder: str) -> str:
    """The path as a reader is to see it."""
    if filename.startswith(LIBRARY):
        return LIBRARY_ON_LINUX + filename.removeprefix(LIBRARY)
    return filename.removeprefix(folder.rstrip("/") + "/") if folder else filename


def show_whole_paths() -> None:
    """Leave the paths of programs as they are from now on."""
    state.folder = ""


def name_source(problem: BaseException) -> None:
    """Let a SyntaxError name its file as a traceback does."""
    if isinstance(problem, SyntaxError) and problem.filename:
        problem.filename = shown(problem.filename, state.folder)
