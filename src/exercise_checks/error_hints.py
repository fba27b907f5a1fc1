"""What to think about when a reader's file fails in a typical way."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from exercise_checks.attempt import AsksForInput, NotAsExpected

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def error_hints(hints: dict[str, str]) -> Iterator[None]:
    """Ends the message of a failure within it with a hint.

    Args:
        hints: Maps a part of a message, such as `EOFError`, to a sentence; the first that fits is
            taken.

    Raises:
        NotAsExpected: What failed within, with the hint.
    """
    try:
        yield
    except AsksForInput:
        raise
    except NotAsExpected as failure:
        for part, hint in hints.items():
            if part in str(failure):
                raise NotAsExpected(f"{failure} ({hint})") from failure
        raise
