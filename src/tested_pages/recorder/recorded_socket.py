"""A `_socket.socket` that notes what is called, and that a program cannot tell from the real one.

The class `socket.socket` of the standard library derives from `_socket.socket`, which is written in
C. Put in its place before the standard library looks, a subclass sees every call. Each call is
written down twice, before and after, so that a call that never returns is in the record as well.

Frames of the recorder are taken out of the traceback of every exception on its way to the program,
and what goes wrong with the recording itself ends here.
"""

# ruff: noqa: SIM105 (what is imported here is imported by every recorded program)

from __future__ import annotations

import _socket
import _thread
import itertools
import os
import sys
from _weakref import ref

TYPE_CHECKING = False  # importing `typing` would slow the start of every program
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType
    from typing import Any

    from tested_pages.recorder.noted_calls import (
        FAMILIES,
        METHODS,
        TYPE_BITS,
        TYPES,
        Call,
        Noter,
        SocketState,
        ask_nothing,
        ask_sendfile,
        clock,
        got_nothing,
        got_sent,
    )
    from tested_pages.recorder.record_writer import RecordWriter
else:  # the folder stands in `sys.path`, the package may not
    from noted_calls import (
        FAMILIES,
        METHODS,
        TYPE_BITS,
        TYPES,
        Call,
        SocketState,
        ask_nothing,
        ask_sendfile,
        clock,
        got_nothing,
        got_sent,
    )
    from record_writer import RecordWriter

MOST_CALLS = 10_000

# Sockets that a library makes for its own ends: module and function, None for a whole module.
INTERNAL = {
    ("asyncio.selector_events", "_make_self_pipe"),
    ("asyncio.proactor_events", "_make_self_pipe"),
    ("multiprocessing.forkserver", None),
}

genuine: Any = _socket.socket
SOL_SOCKET, SO_ERROR = _socket.SOL_SOCKET, _socket.SO_ERROR
OWN_FOLDER = os.path.dirname(sys._getframe().f_code.co_filename)  # noqa: PTH120


def is_own(frame: FrameType) -> bool:
    """Whether `frame` runs code of the recorder."""
    return frame.f_code.co_filename.startswith(OWN_FOLDER)


def without_recorder(trace: TracebackType | None) -> TracebackType | None:
    """A traceback from the first frame on that is not the recorder's."""
    while trace and is_own(trace.tb_frame):
        trace = trace.tb_next
    return trace


def caller() -> FrameType | None:
    """The frame that called a method of `socket.socket`, whichever modules stand between."""
    frame: FrameType | None = sys._getframe(1)
    while frame and (is_own(frame) or frame.f_globals.get("__name__") in ("socket", "ssl")):
        frame = frame.f_back
    return frame


def harmless(work: Callable[..., Any]) -> Callable[..., Any]:
    """`work`, but its own exceptions are dropped: no program may fail for being recorded.

    An exception that a signal handler raised meanwhile is the program's own and goes on to it.
    """

    def guarded(*arguments: Any) -> Any:
        try:
            return work(*arguments)
        except Exception as error:
            if without_recorder(error.__traceback__):
                raise
            return None

    return guarded


class Recorder:
    """Writes down the calls of this process, and of those that it forks."""

    def __init__(self, record_file: str, terminal: str) -> None:
        self.writer = RecordWriter(record_file)
        self.terminal = terminal
        self.by_object: dict[int, SocketState] = {}  # keys are the id() of Python objects
        self.by_descriptor: dict[int, SocketState] = {}
        self.threads: dict[int, int] = {}
        self.call_numbers = itertools.count(1)
        self.socket_numbers = itertools.count(1)

    def write(self, call: Call, ended: int | None) -> None:
        """Append the line of a call that begins, or of one that is over."""
        thread = self.threads.setdefault(_thread.get_ident(), len(self.threads) + 1)
        self.writer.append(call.as_line(self.terminal, thread, ended))

    def new_call(self, name: str, state: SocketState | None) -> Call | None:
        """A call on a socket; None if the socket is not recorded, or the record is full."""
        if state is None or state.internal:
            return None
        number = next(self.call_numbers)
        if number > MOST_CALLS:
            return None
        frame = caller()
        module = frame.f_globals.get("__name__", "") if frame else ""
        if number == MOST_CALLS:
            last = Call("record full", state, number, module)
            self.write(last, last.began)
            return None
        return Call(name, state, number, module)

    @harmless
    def begin(
        self, name: str, state: SocketState | None, ask: Noter, arguments: Any, keywords: Any
    ) -> Call | None:
        """Write down that a method is about to be called."""
        call = self.new_call(name, state)
        if call is None:
            return None
        try:
            ask(call, *arguments, **keywords)
        except (TypeError, ValueError, IndexError):
            pass  # arguments that the method itself is about to reject
        call.began = clock()
        self.write(call, None)
        return call

    @harmless
    def end(self, call: Call, got: Noter, result: Any, arguments: Any, keywords: Any) -> None:
        """Write down what a method returned."""
        ended = clock()
        got(call, result, *arguments, **keywords)
        self.write(call, ended)

    @harmless
    def fail(self, call: Call, error: BaseException) -> None:
        """Write down that a method failed."""
        ended = clock()
        call.note_error(error)
        self.write(call, ended)

    @harmless
    def locate(self, call: Call, socket: Any) -> None:
        """Ask for the addresses where a call may have settled them."""
        state = call.state
        if call.call in ("connect", "connect_ex"):
            try:
                state.peer = genuine.getpeername(socket)
            except OSError:  # refused, or not connected yet
                state.peer = call.address
        elif call.call not in ("bind", "listen") and not state.has_no_port():
            return
        if genuine.fileno(socket) >= 0:
            state.local = genuine.getsockname(socket)

    @harmless
    def register(self, socket: Any, fileno: Any, error: BaseException | None) -> None:
        """Write down that a socket was made, or that it could not be.

        Args:
            socket: The new object.
            fileno: The descriptor that it was made for; None if the system made a new socket.
            error: Why it could not be made; None if it was.
        """
        frame = caller()
        module = frame.f_globals.get("__name__", "") if frame else ""
        known = self.by_descriptor.get(fileno) if isinstance(fileno, int) else None
        state = self.new_state(
            known,
            internal=(module, None) in INTERNAL
            or bool(frame and (module, frame.f_code.co_name) in INTERNAL),
        )
        if error is None:
            self.describe(state, socket)
        if known:
            return
        call = self.new_call("socket", state)
        if call:
            call.detail = "" if fileno is None else "fileno"
            if error:
                call.note_error(error)
            self.write(call, clock())

    def new_state(self, known: SocketState | None, *, internal: bool) -> SocketState:
        """The state of a new object, which bears the name of the `known` one for its socket."""
        if known:
            return SocketState(known.name, internal=internal or known.internal)
        return SocketState(f"{os.getpid()}.{next(self.socket_numbers)}", internal=internal)

    def describe(self, state: SocketState, socket: Any) -> None:
        """Fill in what the record says of a socket, and look after it from now on."""
        family = genuine.family.__get__(socket)
        kind = genuine.type.__get__(socket) & TYPE_BITS
        state.family = FAMILIES.get(family, str(family))
        state.type = TYPES.get(kind, str(kind))
        state.descriptor = genuine.fileno(socket)
        key = id(socket)
        self.by_object[key] = state
        self.by_descriptor[state.descriptor] = state
        try:
            state.collector = ref(socket, lambda _: self.collected(key, state))
        except TypeError:
            pass  # an object of the C class itself takes no weak reference
        state.local = genuine.getsockname(socket)
        try:
            state.peer = genuine.getpeername(socket)
        except OSError:
            pass  # not connected

    @harmless
    def forget(self, state: SocketState) -> None:
        """Note that an object has let go of its descriptor, which will name another socket."""
        state.closed = True
        known = self.by_descriptor.get(state.descriptor)
        if known and known.name == state.name:
            del self.by_descriptor[state.descriptor]

    @harmless
    def collected(self, key: int, state: SocketState) -> None:
        """Write down that a socket was closed because the last reference to it went."""
        if self.by_object.get(key) is state:
            del self.by_object[key]
        if not state.closed:
            self.forget(state)
            call = self.new_call("close", state)
            if call:
                call.detail = "collected"
                self.write(call, call.began)

    @harmless
    def accepted(self, call: Call | None, listening: SocketState, result: Any) -> None:
        """Write down that a connection was accepted; the object for it is made next."""
        ended = clock()
        descriptor, address = result
        state = self.new_state(None, internal=listening.internal)
        state.descriptor = descriptor
        self.by_descriptor[descriptor] = state
        if call:
            call.accepted = state.name
            call.peer = address
            self.write(call, ended)

    @harmless
    def pending_error(self, state: SocketState | None, number: int) -> None:
        """Write down how a connection failed that was made without waiting."""
        call = self.new_call("getsockopt", state)
        if call:
            call.detail = "SO_ERROR"
            call.note_error(OSError(number, os.strerror(number)))
            self.write(call, call.began)


def hidden(genuine_method: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function look like the method that it replaces, in tracebacks too.

    A bare `raise` adds no frame for the function it stands in, so that a traceback without the
    recorder's frames stays without them.
    """

    def hide(work: Callable[..., Any]) -> Callable[..., Any]:
        def method(*arguments: Any, **keywords: Any) -> Any:
            try:
                return work(*arguments, **keywords)
            except BaseException as error:
                error.__traceback__ = without_recorder(error.__traceback__)
                raise

        for attribute in ("__name__", "__qualname__", "__doc__"):
            setattr(method, attribute, getattr(genuine_method, attribute, None))
        return method

    return hide


def recorded_method(recorder: Recorder, name: str, ask: Noter, got: Noter) -> Callable[..., Any]:
    """A method that does what the genuine one does, and is written down."""
    method = getattr(genuine, name)

    @hidden(method)
    def call_method(self: Any, /, *arguments: Any, **keywords: Any) -> Any:
        call = recorder.begin(name, recorder.by_object.get(id(self)), ask, arguments, keywords)
        try:
            # Bound, as the program called it: the texts of errors depend on it.
            result = method.__get__(self)(*arguments, **keywords)
        except BaseException as error:
            if call:
                recorder.locate(call, self)
                recorder.fail(call, error)
            raise
        if call:
            recorder.locate(call, self)
            recorder.end(call, got, result, arguments, keywords)
        return result

    return call_method


def recording_class(recorder: Recorder) -> type:
    """A subclass of `_socket.socket` of the same name whose methods are written down."""

    @hidden(genuine.__init__)
    def __init__(self: Any, *arguments: Any) -> None:  # noqa: N807
        fileno = arguments[3] if len(arguments) == 4 else None
        try:
            genuine.__init__(self, *arguments)
        except BaseException as error:
            recorder.register(self, fileno, error)
            raise
        recorder.register(self, fileno, None)

    @hidden(genuine._accept)
    def _accept(self: Any) -> Any:
        state = recorder.by_object.get(id(self))
        call = recorder.begin("accept", state, ask_nothing, (), {})
        try:
            result = genuine._accept(self)
        except BaseException as error:
            if call:
                recorder.fail(call, error)
            raise
        if state:
            recorder.accepted(call, state, result)
        return result

    @hidden(genuine.close)
    def close(self: Any, *arguments: Any) -> None:
        state = recorder.by_object.get(id(self))
        if state is None or genuine.fileno(self) < 0:  # closed before
            genuine.close.__get__(self)(*arguments)
            return
        call = recorder.begin("close", state, ask_nothing, (), {})
        try:
            genuine.close.__get__(self)(*arguments)
        except BaseException as error:
            if genuine.fileno(self) < 0:  # an error was reported, but the descriptor is gone
                recorder.forget(state)
            if call:
                recorder.fail(call, error)
            raise
        recorder.forget(state)
        if call:
            recorder.end(call, got_nothing, None, (), {})

    @hidden(genuine.detach)
    def detach(self: Any, *arguments: Any) -> Any:
        state = recorder.by_object.get(id(self))
        descriptor = genuine.detach.__get__(self)(*arguments)
        if state:
            state.closed = True  # the object's part is over, the socket lives on
        return descriptor

    @hidden(genuine.getsockopt)
    def getsockopt(self: Any, *arguments: Any, **keywords: Any) -> Any:
        value = genuine.getsockopt.__get__(self)(*arguments, **keywords)
        if arguments == (SOL_SOCKET, SO_ERROR) and value:
            recorder.pending_error(recorder.by_object.get(id(self)), value)
        return value

    members: dict[str, Any] = {
        "__slots__": (),
        "__module__": genuine.__module__,
        "__doc__": genuine.__doc__,
        "__init__": __init__,
        "_accept": _accept,
        "close": close,
        "detach": detach,
        "getsockopt": getsockopt,
    }
    for name, (ask, got) in METHODS.items():
        if hasattr(genuine, name):  # Windows has no sendmsg
            members[name] = recorded_method(recorder, name, ask, got)
    return type(genuine.__name__, (genuine,), members)


def recorded_sendfile(recorder: Recorder, method: Any) -> Callable[..., Any]:
    """An `os.sendfile` that is written down where it sends to a socket."""

    @hidden(method)
    def sendfile(*arguments: Any, **keywords: Any) -> Any:
        state = recorder.by_descriptor.get(arguments[0]) if len(arguments) == 4 else None
        call = recorder.begin("sendfile", state, ask_sendfile, arguments[1:], {})
        try:
            result = method(*arguments, **keywords)
        except BaseException as error:
            if call:
                recorder.fail(call, error)
            raise
        if call:
            recorder.end(call, got_sent, result, (), {})
        return result

    return sendfile


def install(record_file: str, terminal: str) -> None:
    """Record the socket calls of this process from now on.

    Args:
        record_file: Absolute path of the file that gets one line an event.
        terminal: Name of the terminal that the program runs in.
    """
    recorder = Recorder(record_file, terminal)
    _socket.socket = _socket.SocketType = recording_class(recorder)  # type: ignore
    if sys.platform != "win32" and hasattr(os, "sendfile"):
        os.sendfile = recorded_sendfile(recorder, os.sendfile)
