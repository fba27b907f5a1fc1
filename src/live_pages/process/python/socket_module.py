"""The module `_socket`, on the network in the page.

All that is above it (`socket`, `socketserver`, `asyncio`, `http`, `urllib`) is the standard
library as it is. Names, arguments, errors and texts are those of CPython's own `_socket`.
"""

from __future__ import annotations

import _socket as original
import contextlib
import functools
import struct
import sys
import types
import warnings
from array import array
from operator import index
from typing import TYPE_CHECKING, Any

from . import addresses, descriptor_flags, descriptors, errors, refusals, unix_paths
from .addresses import AF_INET, AF_UNIX, SOCK_STREAM, from_kernel
from .waiting import call, deadline_after, for_javascript, left_until, send_promised

if TYPE_CHECKING:
    from collections.abc import Buffer, Iterable

    Ancillary = Iterable[tuple[int, int, Buffer]]

SOL_SOCKET, SO_TYPE = 1, 3
SOCK_NONBLOCK, SOCK_CLOEXEC = 0o4000, 0o2000000
MSG_CTRUNC, MSG_TRUNC, MSG_DONTWAIT = 8, 0x20, 0x40

# On 64-bit Linux, in bytes.
CMSG_HEAD, CMSG_WORD = 16, 8

# As much as goes to the kernel at once; a program's memory is copied on the way.
LARGEST_PART = 262144

# C's int and long on 64-bit Linux; what ancillary data may be in size, without its head.
INT_MAX, LONG_MAX = 2**31 - 1, 2**63 - 1
LARGEST_ANCILLARY = INT_MAX - CMSG_HEAD

# CPython counts nanoseconds in 64 bits.
LONGEST_TIMEOUT = (2**63 - 1) / 1e9

# What Linux has and this interpreter was built without.
LINUX_CONSTANTS = {
    "AF_UNIX": AF_UNIX,
    "SO_REUSEADDR": 2,
    "SO_REUSEPORT": 15,
    "SO_PEERCRED": 17,
    "SOMAXCONN": 4096,
    "SCM_RIGHTS": 1,
    "SOCK_NONBLOCK": SOCK_NONBLOCK,
    "SOCK_CLOEXEC": SOCK_CLOEXEC,
    "MSG_CTRUNC": MSG_CTRUNC,
    "MSG_TRUNC": MSG_TRUNC,
}


class _Defaults:
    timeout: float | None = None


def getdefaulttimeout() -> float | None:
    """Returns the default timeout in seconds (float) for new socket objects."""
    return _Defaults.timeout


def setdefaulttimeout(timeout: float | None, /) -> None:
    """Set the default timeout in seconds (float) for new socket objects."""
    _Defaults.timeout = _checked_timeout(timeout)


def _checked_timeout(timeout: Any) -> float | None:
    if timeout is None:
        return None
    if not hasattr(timeout, "__float__") and not hasattr(timeout, "__index__"):
        name = type(timeout).__name__
        raise TypeError(f"'{name}' object cannot be interpreted as an integer")
    seconds = float(timeout)
    if seconds < 0:
        raise ValueError("Timeout value out of range")
    if seconds > LONGEST_TIMEOUT:
        raise OverflowError("timestamp too large to convert to C PyTime_t")
    return seconds


def _c_int(value: Any) -> int:
    """An argument that C takes as an int.

    Raises:
        OverflowError: It is too large or too small for one.
    """
    number = index(value)
    if not ~LONG_MAX <= number <= LONG_MAX:
        raise OverflowError("Python int too large to convert to C long")
    if number > INT_MAX:
        raise OverflowError("signed integer is greater than maximum")
    if number < ~INT_MAX:
        raise OverflowError("signed integer is less than minimum")
    return number


# A program may change its buffer as soon as a call is over, also by an exception, whose traceback
# would hold the view: whoever takes one of these two releases it.
def _bytes(data: Any) -> memoryview:
    """What is to be sent, as one row of bytes."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    try:
        view = memoryview(data)
    except TypeError:
        name = type(data).__name__
        raise TypeError(f"a bytes-like object is required, not '{name}'") from None
    return view.cast("B") if view.contiguous and view.nbytes else memoryview(view.tobytes())


def _builtin(method: Any) -> Any:
    """The method, which complains of its number of arguments as one in C does."""
    most = method.__code__.co_argcount - 1
    takes = "exactly one argument" if most else "no arguments"

    @functools.wraps(method)
    def checked(self: Any, *arguments: Any) -> Any:
        if len(arguments) != most:
            name = f"socket.{method.__name__}"
            raise TypeError(f"{name}() takes {takes} ({len(arguments)} given)")
        return method(self, *arguments)

    return checked


class socket:  # noqa: N801
    """socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object."""

    __slots__ = ("_descriptor", "_family", "_id", "_proto", "_timeout", "_type")

    def __init__(
        self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None
    ) -> None:
        self._descriptor = -1
        self._timeout = _Defaults.timeout
        kind = SOCK_STREAM if type == -1 else int(type)
        if kind & SOCK_NONBLOCK:
            self._timeout = 0.0
        kind &= ~(SOCK_NONBLOCK | SOCK_CLOEXEC)
        self._family = AF_INET if family == -1 else int(family)
        self._proto = 0 if proto == -1 else int(proto)
        if fileno is None:
            self._id = call("socket", self._family, kind, self._proto)
            self._descriptor = _new_descriptor(self._id)
        else:
            self._adopt(fileno, family, type)
            kind = kind if type != -1 else self.getsockopt(SOL_SOCKET, SO_TYPE)
        self._type = kind
        if self._timeout is not None:
            descriptor_flags.set_waits(self._descriptor, False)

    def _adopt(self, fileno: int, family: int, type: int) -> None:
        """Takes a descriptor that is open already."""
        number = index(fileno)
        if number < 0:
            raise ValueError("negative file descriptor")
        self._id = descriptors.socket_id(number)
        self._descriptor = number
        if family == -1:
            name = from_kernel(call("getsockname", self._id))
            lengths = {2: AF_INET, 4: addresses.AF_INET6}
            self._family = lengths[len(name)] if isinstance(name, tuple) else AF_UNIX

    family = property(lambda self: self._family, doc="the socket family")
    type = property(lambda self: self._type, doc="the socket type")
    proto = property(lambda self: self._proto, doc="the socket protocol")
    timeout = property(lambda self: self._timeout, doc="the socket timeout")

    @property
    def _socket(self) -> int:
        if self._descriptor < 0:
            raise errors.error("EBADF")
        number: int = self._id
        return number

    def _call(self, operation: str, *arguments: Any, flags: int = 0) -> Any:
        """A call that waits as long as this socket's timeout allows."""
        never_waits = self._timeout is None and not descriptor_flags.waits(self._descriptor)
        timeout = 0.0 if never_waits or flags & MSG_DONTWAIT else self._timeout
        return call(operation, self._socket, *arguments, timeout=timeout, timed=True)

    def _address(self, caller: str, address: Any) -> Any:
        if self._family not in addresses.FAMILY_NAMES:
            raise OSError(f"{caller}(): bad family")
        found = addresses.for_kernel(caller, self._family, address)
        if self._family == AF_UNIX and caller != "bind":
            unix_paths.check_permission(address)
        return found

    @_builtin
    def fileno(self) -> int:
        """Return the integer file descriptor of the socket."""
        return self._descriptor

    @_builtin
    def gettimeout(self) -> float | None:
        """Returns the timeout in seconds (float) associated with socket operations."""
        return self._timeout

    @_builtin
    def settimeout(self, timeout: float | None, /) -> None:
        """Set a timeout on socket operations."""
        checked = _checked_timeout(timeout)
        descriptor_flags.set_waits(self._descriptor, checked is None)
        self._timeout = checked

    @_builtin
    def getblocking(self) -> bool:
        """Returns True if socket is in blocking mode, or False if it is in non-blocking mode."""
        return self._timeout != 0

    @_builtin
    def setblocking(self, flag: bool, /) -> None:
        """Set the socket to blocking (flag is true) or non-blocking (false)."""
        descriptor_flags.set_waits(self._descriptor, bool(flag))
        self._timeout = None if flag else 0.0

    @_builtin
    def bind(self, address: Any, /) -> None:
        """Bind the socket to a local address."""
        call("bind", self._socket, self._address("bind", address))
        if self._family == AF_UNIX:
            from . import unix_paths

            unix_paths.bound(address)

    def listen(self, *backlog: int) -> None:
        """Enable a server to accept connections."""
        if len(backlog) > 1:
            raise TypeError(f"listen() takes at most 1 argument ({len(backlog)} given)")
        call("listen", self._socket, *(max(0, _c_int(size)) for size in backlog))

    def _accept(self) -> tuple[int, Any]:
        socket_id, peer, _local = self._call("accept")
        return _new_descriptor(socket_id), from_kernel(peer)

    @_builtin
    def connect(self, address: Any, /) -> None:
        """Connect the socket to a remote address."""
        self._call("connect", self._address("connect", address))

    @_builtin
    def connect_ex(self, address: Any, /) -> int:
        """This is like connect(address), but returns an error code instead of raising it."""
        try:
            self.connect(address)
        except TimeoutError as problem:
            return problem.errno or errors.LINUX["EAGAIN"][0]
        except original.gaierror:
            raise
        except OSError as problem:
            if problem.errno is None:
                raise
            return problem.errno
        return 0

    def send(self, data: Buffer, flags: int = 0, /) -> int:
        """Send a data string to the socket; return how many bytes were sent."""
        number, is_stream = index(flags), self._type == SOCK_STREAM
        with _bytes(data) as view:
            size = min(view.nbytes, LARGEST_PART) if is_stream else view.nbytes
            part = for_javascript(view[:size])
        if is_stream and send_promised("send", self._socket, part):
            return size
        count: int = self._call("send", part, flags=number)
        return count

    def sendall(self, data: Buffer, flags: int = 0, /) -> None:
        """Send a data string to the socket, all of it."""
        deadline = deadline_after(self._timeout)
        sent = 0
        with _bytes(data) as view:
            self._socket  # noqa: B018  (a closed socket refuses even nothing)
            while True:
                timeout = 0.0 if flags & MSG_DONTWAIT else left_until(deadline)
                if deadline is not None and self._timeout and not timeout:
                    raise TimeoutError("timed out")
                part = for_javascript(view[sent : sent + LARGEST_PART])
                size: int = part.length
                if not send_promised("sendall", self._socket, part):
                    size = call("sendall", self._socket, part, timeout=timeout, timed=True)
                sent += size
                if sent >= view.nbytes:
                    return

    def sendto(self, data: Buffer, *arguments: Any) -> int:
        """Like send(), but to this address, which comes after the flags if there are any."""
        if not 1 <= len(arguments) <= 2:
            given = len(arguments) + 1
            raise TypeError(f"sendto() takes 2 or 3 arguments ({given} given)")
        flags = index(arguments[0]) if len(arguments) == 2 else 0
        with _bytes(data) as view:
            part = for_javascript(view)
        address = self._address("sendto", arguments[-1])
        count: int = self._call("sendto", part, address, flags=flags)
        return count

    def sendmsg(
        self,
        buffers: Iterable[Buffer],
        ancdata: Ancillary = (),
        flags: int = 0,
        address: Any = None,
        /,
    ) -> int:
        """Send normal and ancillary data to the socket."""
        data = b"".join(bytes(_bytes(part)) for part in buffers)
        for _level, kind, numbers in map(_ancillary_item, _iterable(ancdata, "sendmsg", 2)):
            if kind != LINUX_CONSTANTS["SCM_RIGHTS"]:
                continue
            passed = [descriptors.find(number) for number in array("i", numbers)]
            if None in passed:
                refusals.refuse("pass open files to another program")
            call("pass_sockets", self._socket, for_javascript(passed))
        if address is None:
            return self.send(data, flags)
        return self.sendto(data, flags, address)

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """Receive up to bufsize bytes from the socket."""
        if index(bufsize) < 0:
            raise ValueError("negative buffersize in recv")
        return self._receive("recv", bufsize, flags)

    def _receive(self, operation: str, size: int, flags: int) -> bytes:
        data: bytes = self._call(operation, size, index(flags), flags=flags).to_bytes()
        return data

    def recv_into(self, buffer: Buffer, nbytes: int = 0, flags: int = 0) -> int:
        """Store up to nbytes bytes from the socket in the buffer; return how many."""
        with _room(buffer, nbytes, "recv_into") as view:
            data = self._receive("recv_into", view.nbytes, flags)
            view[: len(data)] = data
        return len(data)

    def recvfrom(self, bufsize: int, flags: int = 0, /) -> tuple[bytes, Any]:
        """Like recv(bufsize, flags) but also return the sender's address info."""
        if index(bufsize) < 0:
            raise ValueError("negative buffersize in recvfrom")
        return self._receive_from(bufsize, flags)[:2]

    def _receive_from(self, size: int, flags: int) -> tuple[bytes, Any, int]:
        """Data, the sender's address, and how many bytes of the datagram were cut off."""
        data, address, truncated = self._call("recvfrom", size, index(flags), flags=flags)
        return data.to_bytes(), from_kernel(address), int(truncated or 0)

    def recvfrom_into(self, buffer: Buffer, nbytes: int = 0, flags: int = 0) -> tuple[int, Any]:
        """Like recv_into(buffer, nbytes, flags) but also return the sender's address info."""
        with _room(buffer, nbytes, "recvfrom_into") as view:
            data, address, _ = self._receive_from(view.nbytes, flags)
            view[: len(data)] = data
        return len(data), address

    def recvmsg(
        self, bufsize: int, ancbufsize: int = 0, flags: int = 0, /
    ) -> tuple[bytes, list[Any], int, Any]:
        """Receive normal data (up to bufsize bytes) and ancillary data from the socket."""
        if index(bufsize) < 0:
            raise ValueError("negative buffer size in recvmsg()")
        if index(ancbufsize) < 0:
            raise ValueError("invalid ancillary data buffer length")
        if self._type == SOCK_STREAM:
            data = self._receive("recv", bufsize, flags)
            ids = call("passed_sockets", self._socket) if self._family == AF_UNIX else ()
            numbers = array("i", [_new_descriptor(socket_id) for socket_id in ids])
            kind = LINUX_CONSTANTS["SCM_RIGHTS"]
            return data, [(SOL_SOCKET, kind, numbers.tobytes())] if numbers else [], 0, None
        data, address, truncated = self._receive_from(bufsize, flags)
        return data, [], MSG_TRUNC if truncated else 0, address

    def recvmsg_into(
        self, buffers: Iterable[Buffer], ancbufsize: int = 0, flags: int = 0, /
    ) -> tuple[int, list[Any], int, Any]:
        """Receive normal data into the buffers, one after another, and ancillary data."""
        with contextlib.ExitStack() as released:
            views = [released.enter_context(_message_part(buffer)) for buffer in buffers]
            size = sum(view.nbytes for view in views)
            data, ancillary, message_flags, address = self.recvmsg(size, ancbufsize, flags)
            rest = data
            for view in views:
                part, rest = rest[: view.nbytes], rest[view.nbytes :]
                view[: len(part)] = part
        return len(data), ancillary, message_flags, address

    @_builtin
    def shutdown(self, how: int, /) -> None:
        """Shut down the reading side of the socket, the writing side, or both."""
        if not ~INT_MAX <= index(how) <= INT_MAX:
            raise OverflowError("Python int too large to convert to C int")
        call("shutdown", self._socket, index(how))

    @_builtin
    def close(self) -> None:
        """Close the socket.  It cannot be used after this call."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor < 0:
            return
        if descriptors.forget(descriptor) is None:
            raise errors.error("EBADF")  # somebody else has closed it
        call("close", self._id)

    @_builtin
    def detach(self) -> int:
        """Close the socket object without closing the underlying file descriptor."""
        descriptor, self._descriptor = self._descriptor, -1
        return descriptor

    @_builtin
    def getsockname(self) -> Any:
        """Return the address of the local endpoint."""
        return from_kernel(call("getsockname", self._socket))

    @_builtin
    def getpeername(self) -> Any:
        """Return the address of the remote endpoint."""
        return from_kernel(call("getpeername", self._socket))

    def setsockopt(self, level: int, option: int, value: Any, optlen: int | None = None, /) -> None:
        """Set a socket option, to a number or to bytes that look like what C wants."""
        if value is None:
            value = b"\0" * index(optlen or 0)
        if hasattr(value, "__index__") and -(2**31) <= index(value) < 2**31:
            given = index(value)
        else:
            given = for_javascript(_bytes(value))
        call("setsockopt", self._socket, index(level), index(option), given)

    def getsockopt(self, level: int, option: int, buflen: int = 0, /) -> Any:
        """Get a socket option: a number, or bytes if their greatest number is given."""
        if not 0 <= buflen <= 1024:
            raise OSError("getsockopt buflen out of range")
        value = call("getsockopt", self._socket, index(level), index(option))
        data = struct.pack("i", value) if isinstance(value, int) else value.to_bytes()
        return data[:buflen] if buflen else struct.unpack("i", data[:4])[0]

    def __repr__(self) -> str:
        return (
            f"<socket object, fd={self._descriptor}, family={self._family}, "
            f"type={self._type}, proto={self._proto}>"
        )

    def __del__(self) -> None:
        if getattr(self, "_descriptor", -1) >= 0 and not sys.is_finalizing():
            warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self, stacklevel=2)
            self.close()


def _room(buffer: Buffer, count: int, caller: str) -> memoryview:
    """The part of a program's buffer that may be filled."""
    view = memoryview(buffer).cast("B")
    if view.readonly:
        name = type(buffer).__name__
        raise TypeError(f"{caller}() argument 1 must be read-write bytes-like object, not {name}")
    if count < 0:
        raise ValueError(f"negative buffersize in {caller}")
    if count > view.nbytes:
        raise ValueError("buffer too small for requested bytes")
    return view[:count] if count else view


def _new_descriptor(socket_id: int) -> int:
    descriptor = descriptors.new(socket_id)
    descriptor_flags.begin(descriptor)
    return descriptor


def _iterable(value: Any, caller: str, position: int) -> Any:
    try:
        return iter(value)
    except TypeError:
        raise TypeError(f"{caller}() argument {position} must be an iterable") from None


def _ancillary_item(item: Any) -> tuple[int, int, bytes]:
    """Level, type and data of a piece of ancillary data to be sent."""
    complaint = "[sendmsg() ancillary data items]() argument must be "
    try:
        parts = tuple(item)
    except TypeError:
        name = type(item).__name__
        raise TypeError(f"{complaint}3-item sequence, not {name}") from None
    if len(parts) != 3:
        raise TypeError(f"{complaint}sequence of length 3, not {len(parts)}")
    level, kind, data = parts
    return _c_int(level), _c_int(kind), bytes(_bytes(data))


def _message_part(buffer: Any) -> memoryview:
    """One of the buffers that recvmsg_into fills."""
    try:
        view = memoryview(buffer)
    except TypeError:
        view = memoryview(b"")
    if view.readonly or not view.contiguous:
        raise TypeError(
            "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers"
        )
    return view.cast("B")


def socketpair(
    family: int = AF_UNIX, type: int = SOCK_STREAM, proto: int = 0, /
) -> tuple[socket, socket]:
    """Create a pair of socket objects from the sockets returned by the platform."""
    kind = int(type) & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)
    first, second = call("socketpair", int(family), kind)
    return (
        socket(family, type, proto, _new_descriptor(first)),
        socket(family, type, proto, _new_descriptor(second)),
    )


def dup(fd: int, /) -> int:
    """Duplicate an integer socket file descriptor."""
    return _new_descriptor(call("dup", descriptors.socket_id(index(fd))))


def close(fd: int, /) -> None:
    """Close an integer socket file descriptor."""
    number = index(fd)
    found = descriptors.socket_id(number)
    descriptors.forget(number)
    call("close", found)


def CMSG_LEN(length: int, /) -> int:  # noqa: N802, the system names it so
    """Size of ancillary data of so many bytes, with the head before it."""
    if not 0 <= index(length) <= LARGEST_ANCILLARY:
        raise OverflowError("CMSG_LEN() argument out of range")
    return CMSG_HEAD + length


def CMSG_SPACE(length: int, /) -> int:  # noqa: N802
    """The same with what fills it up to whole words."""
    if not 0 <= index(length) <= LARGEST_ANCILLARY - CMSG_WORD:
        raise OverflowError("CMSG_SPACE() argument out of range")
    return CMSG_HEAD + -(-length // CMSG_WORD) * CMSG_WORD


def wake(descriptor: int, number: int) -> None:
    """Write a signal's number where `signal.set_wakeup_fd` said, without waiting."""
    found = descriptors.find(descriptor)
    if found is not None:
        call("send", found, for_javascript(bytes([number])), 0)


def make_module() -> types.ModuleType:
    """The module that stands in for `_socket`."""
    module = types.ModuleType("_socket", original.__doc__)
    for name, value in vars(original).items():
        if not name.startswith("__") and name != "CAPI":
            setattr(module, name, value)
    for name, number in LINUX_CONSTANTS.items():
        setattr(module, name, number)
    functions = (getdefaulttimeout, setdefaulttimeout, socketpair, dup, close, CMSG_LEN, CMSG_SPACE)
    for function in (*addresses.FUNCTIONS, *functions):
        setattr(module, function.__name__, function)
    for name in ("socket", "SocketType"):
        setattr(module, name, socket)
    module.has_ipv6 = True  # type: ignore[attr-defined]
    socket.__module__ = "_socket"
    return module
