"""Checks of the exercises on the page `python/context_managers`."""

import builtins
import contextlib
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from exercise_checks.attempt import Attempt, AttemptedFunction, NotAsExpected
from exercise_checks.exercises import exercise


@exercise
def check_first(attempt: Attempt) -> None:
    first_line = attempt.function("first_line", "first_line(path)")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        hints = {
            repr("Ann\n"): "the line's end belongs to the line that was read; take it off",
            repr(["Ann", "Bob"]): "only the first",
            repr("Ann\nBob\n"): "readline reads one line",
        }
        for text, expected in (("Ann\nBob\n", "Ann"), ("Ann", "Ann"), ("\nBob\n", ""), ("", "")):
            Path("lines.txt").write_text(text, encoding="utf-8")
            with _opened_files() as opened:
                first_line.expect("lines.txt", returns=expected, hints=hints)
            if not all(file.closed for file in opened):
                raise NotAsExpected(
                    "first_line('lines.txt') leaves the file open; open it in a with"
                )
        first_line.expect("missing.txt", returns="")
        Path("lines.txt").write_bytes(b"\xff\n")
        first_line.expect_error(UnicodeDecodeError, "lines.txt")


@exercise
def check_restored(attempt: Attempt) -> None:
    restored = attempt.function("restored", "restored(items)")
    for text, changed in (("append 3", [1, 2, 3]), ("remove all", []), ("do nothing", [1, 2])):
        items = [1, 2]
        with _using(attempt, restored, items):
            if items != [1, 2]:
                raise NotAsExpected(f"within the with, the list is {items!r}; expected [1, 2]")
            items[:] = changed
        _expect_restored(items, f"after a with whose lines {text}")
    items = [1, 2]
    try:
        with _using(attempt, restored, items):
            items.clear()
            raise KeyError("spam")
    except KeyError:
        _expect_restored(items, "after a with that raised a KeyError")
    else:
        raise NotAsExpected(
            "a KeyError that was raised in the with got lost;"
            " use finally, which lets it go on, and no except"
        )


@contextlib.contextmanager
def _using(attempt: Attempt, restored: AttemptedFunction, items: list[int]) -> Iterator[None]:
    """Runs the body in the reader's context manager; lets a KeyError through."""
    manager = restored(items)
    if not hasattr(manager, "__exit__"):
        raise NotAsExpected(
            f"restored({items!r}) returned {manager!r}, which cannot stand after with"
            " (is @contextmanager above the def, and a yield in it?)"
        )
    try:
        with manager:
            yield
    except (KeyError, NotAsExpected):
        raise
    except Exception as error:
        raise NotAsExpected(
            f"with restored({items!r}): ... raised"
            f" {type(error).__name__}: {error}{attempt.where(error)}"
        ) from error


def _expect_restored(items: list[int], when: str) -> None:
    if items != [1, 2]:
        raise NotAsExpected(
            f"{when}, the list is {items!r}; expected [1, 2]"
            " (keep a copy, and put it back with items[:] = in a finally)"
        )


@contextlib.contextmanager
def _opened_files() -> Iterator[list[Any]]:
    """Collects the files that are opened, so that none is closed for want of a name."""
    opened: list[Any] = []
    really_open = builtins.open

    def open_and_note(*arguments: Any, **named: Any) -> Any:
        file = really_open(*arguments, **named)
        opened.append(file)
        return file

    # pathlib opens with io.open.
    with (
        mock.patch.object(builtins, "open", open_and_note),
        mock.patch.object(io, "open", open_and_note),
    ):
        yield opened
