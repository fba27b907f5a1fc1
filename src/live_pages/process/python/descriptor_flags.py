"""Flags of sockets' descriptors: whether started programs inherit them, and whether calls wait.

Below a socket is a file of the interpreter's that has neither flag (see `descriptors`), so what
asks for them is answered here. Other descriptors are left to the interpreter.
"""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Any

from . import descriptors

if TYPE_CHECKING:
    from collections.abc import Callable

_inheritable: set[int] = set()
_not_waiting: set[int] = set()


def begin(descriptor: int) -> None:
    """Give the descriptor of a new socket the flags that Python lets it begin with."""
    _inheritable.discard(descriptor)
    _not_waiting.discard(descriptor)


def waits(descriptor: int) -> bool:
    """Whether calls on the socket wait."""
    return descriptor not in _not_waiting


def set_waits(descriptor: int, value: bool, /) -> None:
    """Let calls on the socket wait or not.

    Raises:
        OSError: The descriptor is not that of a socket.
    """
    descriptors.socket_id(descriptor)
    _mark(_not_waiting, descriptor, not value)


def _mark(marked: set[int], descriptor: int, is_marked: bool) -> None:
    (marked.add if is_marked else marked.discard)(descriptor)


def _is_inheritable(descriptor: int) -> bool:
    return descriptor in _inheritable


def _set_inheritable(descriptor: int, inheritable: bool) -> None:
    _mark(_inheritable, descriptor, inheritable)


def _control(descriptor: int, command: int, argument: Any = 0) -> int:
    """What `fcntl` does with a socket's descriptor."""
    if command == fcntl.F_GETFD:
        return 0 if _is_inheritable(descriptor) else fcntl.FD_CLOEXEC
    if command == fcntl.F_SETFD:
        _set_inheritable(descriptor, not argument & fcntl.FD_CLOEXEC)
    elif command == fcntl.F_GETFL:
        return os.O_RDWR | (0 if waits(descriptor) else os.O_NONBLOCK)
    elif command == fcntl.F_SETFL:
        set_waits(descriptor, not argument & os.O_NONBLOCK)
    return 0


def _for_sockets(answer: Callable[..., Any], otherwise: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose first argument is a descriptor; `answer` is for those of sockets."""

    def answering(fd: Any, /, *arguments: Any) -> Any:
        number = fd if isinstance(fd, int) else getattr(fd, "fileno", lambda: None)()
        if descriptors.find(number) is None:
            return otherwise(fd, *arguments)
        return answer(number, *arguments)

    answering.__name__ = answering.__qualname__ = otherwise.__name__
    answering.__doc__ = otherwise.__doc__
    return answering


def install() -> None:
    """Replace what asks for flags, or changes them."""
    os.get_inheritable = _for_sockets(_is_inheritable, os.get_inheritable)
    os.set_inheritable = _for_sockets(_set_inheritable, os.set_inheritable)
    os.get_blocking = _for_sockets(waits, os.get_blocking)
    os.set_blocking = _for_sockets(set_waits, os.set_blocking)
    fcntl.fcntl = _for_sockets(_control, fcntl.fcntl)
