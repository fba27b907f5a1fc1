"""What is noted of a socket call: its arguments before it is made, its result afterwards."""

from __future__ import annotations

import _socket
import os
import sys
import time
from _json import encode_basestring_ascii as quoted

TYPE_CHECKING = False  # importing `typing` would slow the start of every program
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Noter = Callable[..., None]

FIRST_BYTES = 64

clock = time.perf_counter_ns  # one clock for all processes of a machine, precise on every system


def names_of(prefix: str) -> dict[int, str]:
    """The socket module's constants whose names begin with `prefix`: names by number."""
    return {getattr(_socket, name): name for name in dir(_socket) if name.startswith(prefix)}


FAMILIES = names_of("AF_")
TYPE_BITS = 0xF  # what lies above are flags such as SOCK_NONBLOCK
TYPES = {number: name for number, name in names_of("SOCK_").items() if number <= TYPE_BITS}
DIRECTIONS = names_of("SHUT_")


class SocketState:
    """What the record says of a socket in each of its calls.

    Attributes:
        name: Names the socket in the record. Several Python objects for one socket share it.
        internal: True for a socket that no program asked for: it is not recorded.
        local: Address of this end as Python gives it; None while it is not known.
        peer: Address of the other end of a connected socket, else None.
        collector: The weak reference that tells when the object is gone.
    """

    __slots__ = (
        "closed", "collector", "descriptor", "family", "internal", "local", "name", "peer", "type",
    )  # fmt: skip

    def __init__(self, name: str, *, internal: bool) -> None:
        self.name = name
        self.internal = internal
        self.family = self.type = ""
        self.local: Any = None
        self.peer: Any = None
        self.descriptor = -1
        self.closed = False
        self.collector: Any = None

    def has_no_port(self) -> bool:
        """Whether the system has still to choose the port of this end."""
        local = self.local
        return local is None or (isinstance(local, tuple) and len(local) > 1 and local[1] == 0)


class Call:
    """One call, from just before it is made. The attributes are those of a line of the record."""

    __slots__ = (
        "accepted", "address", "asked", "began", "call", "caller", "data", "detail", "error",
        "error_text", "number", "peer", "size", "state",
    )  # fmt: skip

    def __init__(self, call: str, state: SocketState, number: int, caller: str) -> None:
        self.call = call
        self.state = state
        self.number = number
        self.caller = caller
        self.address: Any = None
        self.peer: Any = None
        self.asked: int | None = None
        self.size: int | None = None
        self.data = b""
        self.detail = self.accepted = self.error = self.error_text = ""
        self.began = clock()

    def note_error(self, error: BaseException) -> None:
        """Note that the call failed."""
        self.error = type(error).__name__
        self.error_text = str(error)

    def as_line(self, terminal: str, thread: int, ended: int | None) -> bytes:
        """The line of the record: JSON in ASCII.

        Args:
            terminal: Name of the terminal that the program runs in.
            thread: Number of the thread, counted from 1 in the order of first calls.
            ended: When the call was over; None if it is only about to be made.
        """
        state = self.state
        optional = "".join(
            f',"{name}":{quoted(value)}'
            for name, value in (
                ("data", self.data.hex()),
                ("detail", self.detail),
                ("accepted", self.accepted),
                ("error", self.error),
                ("error_text", self.error_text),
            )
            if value
        )
        line = (
            f'{{"terminal":{quoted(terminal)},"pid":{os.getpid()},"thread":{thread},'
            f'"number":{self.number},"socket":"{state.name}","family":"{state.family}",'
            f'"type":"{state.type}","call":"{self.call}","caller":{quoted(self.caller)},'
            f'"address":{as_json(self.address)},"local":{as_json(state.local)},'
            f'"peer":{as_json(self.peer or state.peer)},'
            f'"asked":{as_json(self.asked)},"size":{as_json(self.size)}{optional},'
            f'"began":{self.began},"ended":{as_json(ended)}}}\n'
        )
        return line.encode("ascii")


def as_json(value: Any) -> str:
    """A number or a socket address as JSON."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, tuple):
        return f"[{','.join(map(as_json, value))}]"
    if isinstance(value, (bytes, bytearray)):
        return quoted(os.fsdecode(bytes(value)))
    return quoted(repr(value))


def first_bytes(buffer: Any, size: int) -> bytes:
    """The first of the `size` bytes at the beginning of a bytes-like object."""
    return bytes(memoryview(buffer).cast("B")[: min(size, FIRST_BYTES)])


def first_of_several(buffers: Any, size: int) -> bytes:
    """The same of several bytes-like objects that are filled or sent one after the other."""
    found = b""
    for buffer in buffers:
        if len(found) == min(size, FIRST_BYTES):
            break
        found += first_bytes(buffer, min(size, FIRST_BYTES) - len(found))
    return found


# The `ask` functions get the call that is about to be made and the method's arguments, the `got`
# functions the call, the method's result and its arguments. Names and defaults of the arguments
# are those of the methods.


def ask_nothing(call: Call, *_: Any) -> None:
    """For calls whose name says it all."""


def ask_address(call: Call, address: Any) -> None:
    """The address of bind and connect."""
    call.address = address


def ask_number(call: Call, number: int | None = None) -> None:
    """The length of the queue that is asked of listen."""
    call.asked = number


def ask_direction(call: Call, direction: int) -> None:
    """The direction that is shut down."""
    call.detail = DIRECTIONS.get(direction, str(direction))


def ask_bytes(call: Call, size: int, flags: int = 0) -> None:
    """How many bytes are asked for at most."""
    call.asked = size
    if flags & _socket.MSG_PEEK:
        call.detail = "MSG_PEEK"


def ask_message(call: Call, size: int, _ancillary: int = 0, flags: int = 0) -> None:
    """The same of recvmsg."""
    ask_bytes(call, size, flags)


def ask_into(call: Call, buffer: Any, nbytes: int = 0, flags: int = 0) -> None:
    """The same of a buffer that is to be filled."""
    ask_bytes(call, nbytes or memoryview(buffer).nbytes, flags)


def ask_into_several(call: Call, buffers: Any, _ancillary: int = 0, flags: int = 0) -> None:
    """The same of several buffers."""
    if isinstance(buffers, (list, tuple)):  # to look at an iterator would be to use it up
        ask_bytes(call, sum(memoryview(buffer).nbytes for buffer in buffers), flags)


def ask_send(call: Call, data: Any, _flags: int = 0) -> None:
    """What is to be sent."""
    call.asked = memoryview(data).nbytes
    call.data = first_bytes(data, call.asked)


def ask_sendto(call: Call, data: Any, *flags_and_address: Any) -> None:
    """What is to be sent where."""
    ask_send(call, data)
    call.address = call.peer = flags_and_address[-1]


def ask_sendmsg(
    call: Call, buffers: Any, _ancillary: Any = (), _flags: int = 0, address: Any = None
) -> None:
    """What is to be sent, in pieces, and perhaps where."""
    call.address = call.peer = address
    if isinstance(buffers, (list, tuple)):
        call.asked = sum(memoryview(buffer).nbytes for buffer in buffers)
        call.data = first_of_several(buffers, call.asked)


def ask_sendfile(call: Call, file: int, offset: int | None, count: int) -> None:
    """What is to be sent of a file. Bytes at no certain place are not looked at."""
    call.asked = count
    if sys.platform != "win32" and offset is not None:
        call.data = os.pread(file, min(count, FIRST_BYTES), offset)


def got_nothing(call: Call, *_: Any, **__: Any) -> None:
    """For results that say nothing."""


def got_sent(call: Call, size: int, *_: Any, **__: Any) -> None:
    """How much was sent."""
    call.size = size
    call.data = call.data[:size]


def got_all_sent(call: Call, *_: Any) -> None:
    """All was sent."""
    call.size = call.asked


def got_bytes(call: Call, data: bytes, *_: Any) -> None:
    """What was received."""
    call.size = len(data)
    call.data = data[:FIRST_BYTES]


def got_bytes_from(call: Call, result: tuple[Any, ...], *_: Any) -> None:
    """What was received from where, which is the last of several results."""
    got_bytes(call, result[0])
    call.peer = result[-1] or None


def got_into(call: Call, size: int, buffer: Any, *_: Any, **__: Any) -> None:
    """What was received into a buffer."""
    call.size = size
    call.data = first_bytes(buffer, size)


def got_into_from(call: Call, result: tuple[Any, ...], buffer: Any, *_: Any, **__: Any) -> None:
    """What was received into a buffer from where."""
    got_into(call, result[0], buffer)
    call.peer = result[-1] or None


def got_into_several_from(call: Call, result: tuple[Any, ...], buffers: Any, *_: Any) -> None:
    """What was received into several buffers from where."""
    call.size = result[0]
    call.peer = result[-1] or None
    if isinstance(buffers, (list, tuple)):
        call.data = first_of_several(buffers, result[0])


def got_error_number(call: Call, number: int, *_: Any) -> None:
    """What connect_ex returns in place of an exception."""
    if number:
        call.note_error(OSError(number, os.strerror(number)))


METHODS: dict[str, tuple[Noter, Noter]] = {
    "bind": (ask_address, got_nothing),
    "listen": (ask_number, got_nothing),
    "connect": (ask_address, got_nothing),
    "connect_ex": (ask_address, got_error_number),
    "send": (ask_send, got_sent),
    "sendall": (ask_send, got_all_sent),
    "sendto": (ask_sendto, got_sent),
    "sendmsg": (ask_sendmsg, got_sent),
    "recv": (ask_bytes, got_bytes),
    "recvfrom": (ask_bytes, got_bytes_from),
    "recvmsg": (ask_message, got_bytes_from),
    "recv_into": (ask_into, got_into),
    "recvfrom_into": (ask_into, got_into_from),
    "recvmsg_into": (ask_into_several, got_into_several_from),
    "shutdown": (ask_direction, got_nothing),
}
