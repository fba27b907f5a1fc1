"""The module `select`: waiting for one of several sockets, and for the keyboard among them."""

from __future__ import annotations

import select as original
import time
import types
from operator import index
from typing import TYPE_CHECKING, Any

from . import descriptors, errors, standard_input, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable

POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
EPOLLONESHOT = 1 << 30

EPOLL_CONSTANTS = {
    "EPOLLIN": POLLIN,
    "EPOLLPRI": POLLPRI,
    "EPOLLOUT": POLLOUT,
    "EPOLLERR": POLLERR,
    "EPOLLHUP": POLLHUP,
    "EPOLLRDNORM": 0x40,
    "EPOLLRDBAND": 0x80,
    "EPOLLWRNORM": 0x100,
    "EPOLLWRBAND": 0x200,
    "EPOLLMSG": 0x400,
    "EPOLLRDHUP": 0x2000,
    "EPOLLEXCLUSIVE": 1 << 28,
    "EPOLLWAKEUP": 1 << 29,
    "EPOLLONESHOT": EPOLLONESHOT,
    "EPOLLET": 1 << 31,
    "EPOLL_CLOEXEC": 0o2000000,
}


def _descriptor(fileobj: Any) -> int:
    if isinstance(fileobj, int):
        number = fileobj
    elif hasattr(fileobj, "fileno"):
        number = fileobj.fileno()
        if not isinstance(number, int):
            raise TypeError("fileno() returned a non-integer")
    else:
        raise TypeError("argument must be an int, or have a fileno() method.")
    if number < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({number})")
    return number


def _wait_for(wanted: dict[int, int], timeout: float | None) -> list[tuple[int, int]]:
    """Wait until one of the descriptors has one of its poll bits; seconds, None for ever.

    Returns the descriptors that have one, with their bits, in the order in which they were given.
    """
    deadline = waiting.deadline_after(timeout)
    while True:
        sockets: dict[int, int] = {}
        request: list[int] = []
        ready: dict[int, int] = {}
        for descriptor, bits in wanted.items():
            socket_id = descriptors.find(descriptor)
            if socket_id is not None:
                sockets[socket_id] = descriptor
                request += [socket_id, bits]
            elif descriptor == 0:
                if bits & POLLIN and standard_input.is_ready():
                    ready[0] = POLLIN
            elif _is_open(descriptor):
                ready[descriptor] = bits & (POLLIN | POLLOUT)
            else:
                ready[descriptor] = POLLNVAL
        left = 0.0 if any(ready.values()) else waiting.left_until(deadline)
        for socket_id, bits in _poll(request, left, 0 in wanted):
            ready[sockets[socket_id]] = bits
        found = [(number, ready[number]) for number in wanted if ready.get(number)]
        if found or (deadline is not None and time.monotonic() >= deadline):
            return found


def _poll(request: list[int], left: float | None, keyboard: bool) -> list[tuple[int, int]]:
    """What the kernel answers; nothing also if the time is over or the keyboard has a line."""
    if not request:
        if left != 0:
            waiting.wait(waiting.state.host.pausedForLine(waiting.milliseconds(left), keyboard))
        return []
    host = waiting.state.host
    answer = waiting.wait(
        host.poll(waiting.for_javascript(request), waiting.milliseconds(left), keyboard)
    )
    if type(answer) is str:
        return []
    values = answer.to_py()
    return list(zip(values[::2], values[1::2], strict=True))


def _is_open(descriptor: int) -> bool:
    try:
        descriptors.socket_id(descriptor)
    except OSError as problem:
        return problem.errno == errors.LINUX["ENOTSOCK"][0]
    return True


def select(
    rlist: Iterable[Any],
    wlist: Iterable[Any],
    xlist: Iterable[Any],
    timeout: float | None = None,
    /,
) -> tuple[list[Any], list[Any], list[Any]]:
    """Wait until one or more file descriptors are ready for some kind of I/O."""
    if timeout is not None:
        if not isinstance(timeout, float | int):
            raise TypeError("timeout must be a real number or None")
        if timeout < 0:
            raise ValueError("timeout must be non-negative")
    wanted: dict[int, int] = {}
    lists = []
    for objects, bit in ((rlist, POLLIN), (wlist, POLLOUT), (xlist, POLLPRI)):
        numbered = [(_descriptor(fileobj), fileobj) for fileobj in objects]
        for number, _ in numbered:
            wanted[number] = wanted.get(number, 0) | bit
        lists.append(numbered)
    found = dict(_wait_for(wanted, timeout))
    if any(bits & POLLNVAL for bits in found.values()):
        raise errors.error("EBADF")
    masks = (POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, POLLPRI)
    readable, writable, exceptional = (
        [fileobj for number, fileobj in numbered if found.get(number, 0) & mask]
        for numbered, mask in zip(lists, masks, strict=True)
    )
    return readable, writable, exceptional


class PollObject:
    """Supports registering and unregistering file descriptors, and then polling them."""

    _wanted: dict[int, int]

    def __init__(self) -> None:
        raise TypeError("cannot create 'select.poll' instances")

    def register(self, fd: Any, eventmask: int = POLLIN | POLLPRI | POLLOUT, /) -> None:
        """Register a file descriptor with the polling object."""
        self._wanted[_descriptor(fd)] = index(eventmask)

    def modify(self, fd: Any, eventmask: int, /) -> None:
        """Modify an already registered file descriptor."""
        number = _descriptor(fd)
        if number not in self._wanted:
            raise errors.error("ENOENT")
        self._wanted[number] = index(eventmask)

    def unregister(self, fd: Any, /) -> None:
        """Remove a file descriptor being tracked by the polling object."""
        del self._wanted[_descriptor(fd)]

    def poll(self, timeout: float | None = None, /) -> list[tuple[int, int]]:
        """Polls the set of registered file descriptors; the timeout is in milliseconds."""
        seconds = None if timeout is None or timeout < 0 else timeout / 1000
        return _wait_for(dict(self._wanted), seconds)


def poll() -> PollObject:
    """Returns a polling object."""
    made = object.__new__(PollObject)
    made._wanted = {}
    return made


class epoll:  # noqa: N801
    """select.epoll(sizehint=-1, flags=0): level-triggered, whatever EPOLLET says."""

    def __init__(self, sizehint: int = -1, flags: int = 0) -> None:
        if sizehint != -1 and sizehint <= 0:
            raise ValueError("sizehint must be positive or -1")
        self._wanted: dict[int, tuple[int | None, int]] = {}
        self._descriptor = descriptors.new(-1)

    @property
    def closed(self) -> bool:
        """True if the epoll handler is closed."""
        return self._descriptor < 0

    def _check(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed epoll object")

    def fileno(self) -> int:
        """Return the epoll control file descriptor."""
        self._check()
        return self._descriptor

    def close(self) -> None:
        """Close the epoll control file descriptor."""
        if not self.closed:
            descriptors.forget(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> epoll:
        self._check()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def register(self, fd: Any, eventmask: int = POLLIN | POLLPRI | POLLOUT) -> None:
        """Registers a new fd or raises an OSError if the fd is already registered."""
        self._check()
        number = _descriptor(fd)
        if not _is_open(number):
            raise errors.error("EBADF")
        if self._current(number):
            raise errors.error("EEXIST")
        if descriptors.find(number) is None and number > 2:
            raise errors.error("EPERM")
        self._wanted[number] = (descriptors.find(number), index(eventmask))

    def modify(self, fd: Any, eventmask: int) -> None:
        """Modify event mask for a registered file descriptor."""
        self._check()
        number = _descriptor(fd)
        if not self._current(number):
            raise errors.error("ENOENT" if _is_open(number) else "EBADF")
        self._wanted[number] = (descriptors.find(number), index(eventmask))

    def unregister(self, fd: Any) -> None:
        """Remove a registered file descriptor from the epoll object."""
        self._check()
        number = _descriptor(fd)
        if not self._current(number):
            raise errors.error("ENOENT" if _is_open(number) else "EBADF")
        del self._wanted[number]

    def _current(self, number: int) -> bool:
        """Whether it is registered, and still the socket that it was then."""
        if number in self._wanted and self._wanted[number][0] != descriptors.find(number):
            del self._wanted[number]
        return number in self._wanted

    def poll(self, timeout: float | None = None, maxevents: int = -1) -> list[tuple[int, int]]:
        """Wait for events on the epoll file descriptor; the timeout is in seconds."""
        self._check()
        if maxevents != -1 and maxevents <= 0:
            raise ValueError("maxevents must be greater than 0, got " + str(maxevents))
        wanted = {
            number: self._wanted[number][1]
            for number in list(self._wanted)
            if self._current(number)
        }
        seconds = None if timeout is None or timeout < 0 else timeout
        asked = {number: bits & 0xFFFF for number, bits in wanted.items() if bits & 0xFFFF}
        found = _wait_for(asked, seconds)[: maxevents if maxevents > 0 else None]
        for number, _ in found:
            if wanted[number] & EPOLLONESHOT:
                self._wanted[number] = (self._wanted[number][0], 0)
        return found


def make_module() -> types.ModuleType:
    """The module that stands in for `select`."""
    module = types.ModuleType("select", original.__doc__)
    for name, value in vars(original).items():
        if not name.startswith("__"):
            setattr(module, name, value)
    PollObject.__module__, PollObject.__name__, PollObject.__qualname__ = "select", "poll", "poll"
    for name, number in EPOLL_CONSTANTS.items():
        setattr(module, name, number)
    for function in (select, poll, epoll):
        function.__module__ = "select"
        setattr(module, function.__name__, function)
    # Selectors keep them in their classes, where a plain function would become a method.
    module.select = staticmethod(select)  # type: ignore[attr-defined]
    module.poll = staticmethod(poll)  # type: ignore[attr-defined]
    module.error = OSError  # type: ignore[attr-defined]
    return module
