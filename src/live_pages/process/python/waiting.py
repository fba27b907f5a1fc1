"""The one place where a program waits: for the network, the clock, the keyboard, another thread.

JavaScript hands over a promise, and the whole Python stack is suspended until it is kept. Which
thread runs can change nowhere else, so this is also where a thread gets its identity back, and
where the main thread learns that Ctrl-C was pressed.
"""

from __future__ import annotations

import _thread
import asyncio
import signal
import sys
import time
from typing import TYPE_CHECKING, Any

from pyodide.ffi import ConversionError, JsProxy, create_proxy, run_sync, to_js

from . import errors

if TYPE_CHECKING:
    from types import FrameType

MAIN_THREAD = _thread.get_ident()

INTERRUPTED = "interrupted"
TIMED_OUT = "timed out"


class _State:
    host: Any = None
    # The two of its methods that each message needs; to look them up takes as long as to call them.
    call: Any = None
    send_promised: Any = None
    thread = MAIN_THREAD
    signalled = False
    wakeup_descriptor = -1
    # Where each thread waits: file, line and function, innermost first; None if nobody asks.
    places: dict[int, list[tuple[str, int, str]]] | None = None


state = _State()


def install(host: Any) -> None:
    """Take the JavaScript side; `host` has call, deferred, spawn and the keyboard."""
    state.host = host
    state.call, state.send_promised = host.call, host.sendPromised
    host.noteSignal = create_proxy(_note_signal)
    # run_sync would first wrap a promise in a task of asyncio's, for which it needs a loop.
    wrap = asyncio.ensure_future

    def ensure_future(awaitable: Any, *, loop: Any = None) -> Any:
        return awaitable if isinstance(awaitable, JsProxy) else wrap(awaitable, loop=loop)

    asyncio.ensure_future = ensure_future  # type: ignore[assignment]
    asyncio.tasks.ensure_future = ensure_future  # type: ignore[assignment]


def _note_signal() -> None:
    state.signalled = True


def forget_signal() -> None:
    """Take no notice of a Ctrl-C that was pressed and not delivered."""
    state.signalled = False


def wait(waiting: Any) -> Any:
    """Suspend this thread until the promise is kept, and give what it was kept with.

    The promise comes inside an object, since a bare one makes Pyodide ask for an event loop.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed, and this is the main thread. Any other exception
            that the program's own handler for SIGINT raises comes out here too.
    """
    thread, loop = state.thread, asyncio._get_running_loop()
    if thread == MAIN_THREAD:
        state.host.mainWaiting = waiting
    if state.places is not None:
        note_place(sys._getframe(1))
    try:
        answer = run_sync(waiting.promise)
    finally:
        state.thread = thread
        asyncio._set_running_loop(loop)
    if thread == MAIN_THREAD and state.signalled:
        forget_signal()
        deliver(signal.SIGINT)
    return answer


def note_place(frame: FrameType | None) -> None:
    """Keep where the thread that runs is, for who asks."""
    from . import places

    if state.places is not None:
        state.places[state.thread] = list(places.frames_of_program(frame))


def deliver(number: int) -> None:
    """Run the program's handler for a signal, as the system would."""
    if signal.getsignal(number) == signal.SIG_DFL:
        raise SystemExit(128 + number)
    descriptor = state.wakeup_descriptor
    if descriptor >= 0 and signal.getsignal(number) != signal.SIG_IGN:
        from . import socket_module

        socket_module.wake(descriptor, number)
    signal.raise_signal(number)


def enter_main() -> None:
    """Be the main thread: what the page calls is not called by the thread that waited last."""
    state.thread = MAIN_THREAD
    asyncio._set_running_loop(None)


def is_main() -> bool:
    """Whether the thread that runs is the main thread."""
    return state.thread == MAIN_THREAD


def milliseconds(seconds: float | None) -> float:
    """A timeout as the kernel takes it: -1 for ever, rounded up so that nothing ends early."""
    if seconds is None:
        return -1
    return seconds and max(1, -int(-seconds * 1000 // 1))


def deadline_after(seconds: float | None) -> float | None:
    """The moment on the monotonic clock, or None for never."""
    return None if seconds is None else time.monotonic() + seconds


def left_until(deadline: float | None) -> float | None:
    """Seconds until the deadline, at least 0."""
    return None if deadline is None else max(0.0, deadline - time.monotonic())


def call(operation: str, *arguments: Any, timeout: float | None = None, timed: bool = False) -> Any:
    """One system call; if `timed`, the timeout in seconds is its last argument.

    Raises:
        TimeoutError: The timeout passed, with the text that Python gives it.
        OSError: Whatever else the kernel answers.
    """
    if not timed:
        return _answered(state.call(operation, *arguments))
    deadline = deadline_after(timeout)
    left = timeout
    while True:
        try:
            return _answered(state.call(operation, *arguments, milliseconds(left)))
        except InterruptedError:
            # PEP 475: whoever was interrupted and not stopped goes on waiting.
            left = left_until(deadline)
            if left == 0 and timeout:
                raise TimeoutError("timed out") from None


def send_promised(operation: str, socket_id: int, part: Any) -> bool:
    """Send what the network has promised to take, without waiting; whether that could be done."""
    sent: bool = state.send_promised(operation, socket_id, part)
    return sent


def _answered(waiting: Any) -> Any:
    answer = wait(waiting)
    if type(answer) is not str:
        return answer
    if answer.startswith(">"):
        return answer[1:]
    if answer == "MEMORY_ERROR":
        raise MemoryError
    if answer == "ETIMEDOUT_PYTHON":
        raise TimeoutError("timed out")
    raise errors.error(answer)


def for_javascript(value: Any) -> Any:
    """A tuple, list or bytes as JavaScript's own."""
    try:
        return to_js(value)
    except ConversionError:
        # These can always be converted: Ctrl-C came in the middle, and its exception was lost.
        deliver(signal.SIGINT)
        return to_js(value)


def paused(seconds: float | None) -> Any:
    """Something to wait for that `resolve` ends; waiting gives TIMED_OUT after the seconds."""
    return state.host.deferred(milliseconds(seconds))
