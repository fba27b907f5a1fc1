"""The garbage collector, which may not run while threads are suspended.

It crashes the interpreter when it walks their stacks (pyodide issue 6464, mended in CPython after
the pinned build). Programs see it as enabled, and `gc.collect()` works where nothing is suspended.
"""

from __future__ import annotations

import gc

from . import green_threads


class _State:
    enabled = True


def install() -> None:
    """Stop the automatic collector, and replace what programs control it with."""
    collect_now = gc.collect
    gc.disable()

    def collect(generation: int = 2) -> int:
        return 0 if green_threads.count() else collect_now(generation)

    def enable() -> None:
        _State.enabled = True

    def disable() -> None:
        _State.enabled = False

    gc.collect = collect
    gc.enable = enable
    gc.disable = disable
    gc.isenabled = lambda: _State.enabled
