"""Numbers of descriptors, and the kernel's sockets that they mean.

Each is a real descriptor of the interpreter's, of a file that is never read, so that sockets and
files share one row of numbers as they do on a system.
"""

from __future__ import annotations

import os

from . import errors

_sockets: dict[int, int] = {}


def new(socket_id: int) -> int:
    """The smallest free number, which now means this socket."""
    descriptor = os.open("/dev/null", os.O_RDWR)
    _sockets[descriptor] = socket_id
    return descriptor


def socket_id(descriptor: int) -> int:
    """The kernel's socket.

    Raises:
        OSError: EBADF if nothing is open by that number, ENOTSOCK if it is a file.
    """
    try:
        return _sockets[descriptor]
    except KeyError:
        pass
    try:
        os.fstat(descriptor)
    except OSError:
        raise errors.error("EBADF") from None
    raise errors.error("ENOTSOCK")


def find(descriptor: int | None) -> int | None:
    """The kernel's socket, or None if the number means none."""
    return None if descriptor is None else _sockets.get(descriptor)


def forget(descriptor: int) -> int | None:
    """Free the number; the kernel's socket it meant, or None."""
    found = _sockets.pop(descriptor, None)
    if found is not None:
        os.close(descriptor)
    return found
