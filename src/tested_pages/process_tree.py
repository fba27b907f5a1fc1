"""A process and those that descend from it."""

from __future__ import annotations

import sys
from pathlib import Path

import psutil


def process_tree(pid: int) -> list[psutil.Process]:
    """The process `pid` and all that descend from it, itself first.

    Raises:
        psutil.Error: There is no such process.
    """
    program = psutil.Process(pid)
    tree = [program]
    if sys.platform != "linux" or not Path(f"/proc/{pid}/task/{pid}/children").exists():
        return tree + program.children(recursive=True)
    # psutil would ask every process of the machine for its parent; Linux knows the children of one.
    for process in tree:
        for child in _children(process.pid):
            try:
                tree.append(psutil.Process(child))
            except psutil.Error:  # it has just ended
                continue
    return tree


def _children(pid: int) -> list[int]:
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # the process, or one of its threads, has just ended
        return []
    return [int(child) for line in lists for child in line.split()]
