"""Paths of Unix-domain sockets: a file for each, as long as it is not removed.

The kernel has the names; every program has a disk of its own, on which the file is put so that
`os.path.exists`, `os.listdir` and `os.unlink` see it.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

from . import errors, waiting

if TYPE_CHECKING:
    from collections.abc import Buffer


def bound(address: str | Buffer) -> None:
    """Put the file of a socket that was just bound there."""
    path = os.fsdecode(address if isinstance(address, str) else bytes(address))
    if path and not path.startswith("\0"):
        waiting.state.host.disk.makeSocketFile(os.path.abspath(path))


def check_permission(address: str | bytes) -> None:
    """Refuse to connect where the file may not be written to.

    Raises:
        PermissionError: It may not.
    """
    try:
        mode = os.lstat(address).st_mode
    except (OSError, ValueError, TypeError):
        return  # another program's disk has it, or nobody's
    if stat.S_ISSOCK(mode) and not mode & stat.S_IWUSR:
        raise errors.error("EACCES")


def check_opening(path: Any) -> None:
    """Refuse to open the file of a socket.

    Raises:
        OSError: It is one.
    """
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError, TypeError):
        return  # which opening it tells
    if stat.S_ISSOCK(mode):
        problem = errors.error("ENXIO")
        problem.filename = os.fspath(path)
        raise problem


def install() -> None:
    """Let the kernel know where the program is, and which of its names it removes."""
    change_folder = os.chdir

    def chdir(path: Any) -> None:
        change_folder(path)
        waiting.call("chdir", os.getcwd())

    os.chdir = chdir
    os.unlink = _removing(os.unlink)
    os.remove = _removing(os.remove)


def _removing(remove: Any) -> Any:
    def removing(path: Any, *, dir_fd: int | None = None) -> None:
        name = os.fspath(path)
        try:
            waiting.call("unlink", os.fsdecode(name))
        except OSError:
            remove(path, dir_fd=dir_fd)
            return
        if os.path.lexists(name):
            remove(path, dir_fd=dir_fd)

    removing.__name__ = removing.__qualname__ = remove.__name__
    removing.__doc__ = remove.__doc__
    return removing
