"""Ends processes together with all that they have started."""

from __future__ import annotations

import contextlib

import psutil

from tested_pages.process_tree import process_tree


def kill_tree(pid: int) -> None:
    """Kills a process and those that descend from it; those that are gone do not matter."""
    with contextlib.suppress(psutil.Error):
        for process in reversed(process_tree(pid)):
            with contextlib.suppress(psutil.Error):
                process.kill()
