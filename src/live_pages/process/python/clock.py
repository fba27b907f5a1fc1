"""`time.sleep`, which lets the other threads and the other programs run meanwhile."""

from __future__ import annotations

import time

from . import waiting


def sleep(seconds: float, /) -> None:
    """Delay execution for a given number of seconds.  The argument may be a floating-point number for subsecond precision."""  # noqa: E501
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    deadline = time.monotonic() + seconds
    while waiting.wait(waiting.paused(max(0.0, deadline - time.monotonic()))) != waiting.TIMED_OUT:
        pass


def install() -> None:
    """Replace `time.sleep`."""
    time.sleep = sleep  # type: ignore[assignment]
