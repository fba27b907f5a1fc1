"""Threads without threads: each is a stack of its own that is suspended while it waits.

They change only where CPython lets go of its lock around a call that waits: sockets, `time.sleep`,
locks, queues, `input()`. Nothing takes the processor away from a thread that computes.
"""

from __future__ import annotations

import _thread
import _threading_local
import asyncio
import contextlib
import queue
import sys
import threading
from typing import TYPE_CHECKING, Any

from . import waiting
from .waiting import MAIN_THREAD, paused, state, wait

if TYPE_CHECKING:
    from collections.abc import Callable


class lock:  # noqa: N801
    """A lock object is a synchronization primitive; a thread that waits for it is suspended."""

    __slots__ = ("__weakref__", "_locked", "_waiters")

    def __init__(self) -> None:
        self._locked = False
        self._waiters: list[Any] = []

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Lock the lock, and wait for that as long as the arguments say."""
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != -1:
            raise ValueError("timeout value must be a non-negative number")
        if timeout > _thread.TIMEOUT_MAX:
            raise OverflowError("timeout value is too large")
        if not self._locked:
            self._locked = True
            return True
        if not blocking or timeout == 0:
            return False
        deadline = waiting.deadline_after(None if timeout == -1 else timeout)
        while True:
            outcome = self._wait_turn(waiting.left_until(deadline))
            if outcome is True:
                return True
            if outcome == waiting.TIMED_OUT:
                return False

    def _wait_turn(self, seconds: float | None) -> Any:
        turn = paused(seconds)
        self._waiters.append(turn)
        try:
            return wait(turn)
        except BaseException:
            if turn.outcome is True:
                self.release()
            raise
        finally:
            with contextlib.suppress(ValueError):
                self._waiters.remove(turn)

    def release(self) -> None:
        """Release the lock, to who has waited longest if anyone waits."""
        if not self._locked:
            raise RuntimeError("release unlocked lock")
        while self._waiters:
            if self._waiters.pop(0).resolve(True):
                return
        self._locked = False

    def locked(self) -> bool:
        """Return whether the lock is in the locked state."""
        return self._locked

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _at_fork_reinit(self) -> None:
        self.__init__()  # type: ignore[misc]

    def __repr__(self) -> str:
        word = "locked" if self._locked else "unlocked"
        return f"<{word} _thread.lock object at {id(self):#x}>"


class _ThreadHandle:
    """What a `threading.Thread` holds of the thread below it."""

    def __init__(self) -> None:
        self.ident: int | None = None
        self._done = False
        self._running = lock()
        self._running.acquire()

    def is_done(self) -> bool:
        return self._done

    def _set_done(self) -> None:
        if not self._done:
            self._done = True
            self._running.release()

    def join(self, timeout: float | None = None) -> None:
        if not self._done and self._running.acquire(
            True, -1 if timeout is None else max(0, timeout)
        ):
            self._running.release()


class _Threads:
    last = MAIN_THREAD
    handles: set[_ThreadHandle] = set()  # noqa: RUF012
    all_handles: set[_ThreadHandle] = set()  # noqa: RUF012


def get_ident() -> int:
    """Return a non-zero integer that identifies the current thread."""
    return state.thread


def count() -> int:
    """Threads that have begun and not ended, without the main thread."""
    return len(_Threads.all_handles)


def _start(function: Callable[[], Any], handle: _ThreadHandle, daemon: bool) -> None:
    _Threads.last += 4096
    handle.ident = _Threads.last
    _Threads.all_handles.add(handle)
    if not daemon:
        _Threads.handles.add(handle)

    def run() -> None:
        state.thread = handle.ident or 0
        asyncio._set_running_loop(None)
        try:
            function()
        except SystemExit:
            pass
        except BaseException:
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), None)))
        finally:
            _Threads.all_handles.discard(handle)
            _Threads.handles.discard(handle)
            if state.places is not None:
                state.places.pop(handle.ident or 0, None)
            handle._set_done()

    thread, loop = state.thread, asyncio._get_running_loop()
    try:
        state.host.spawn(run)
    finally:
        state.thread = thread
        asyncio._set_running_loop(loop)


def start_joinable_thread(
    function: Callable[[], Any], handle: _ThreadHandle | None = None, daemon: bool = True
) -> _ThreadHandle:
    """Begin a thread, which runs until it first waits."""
    handle = handle or _ThreadHandle()
    _start(function, handle, daemon)
    return handle


def start_new_thread(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any] | None = None, /
) -> int:
    """Start a new thread and return its identifier."""
    handle = _ThreadHandle()
    _start(lambda: function(*args, **(kwargs or {})), handle, True)
    return handle.ident or 0


def shutdown() -> None:
    """Wait for all threads that are no daemons."""
    while _Threads.handles:
        next(iter(_Threads.handles)).join()


def interrupt_main(signum: int = 2, /) -> None:
    """Simulate the arrival of the given signal in the main thread."""
    if get_ident() == MAIN_THREAD:
        waiting.deliver(signum)
    else:
        state.host.interruptMain()


def install() -> None:
    """Replace what `_thread` and `threading` have from the system."""
    lock.__module__ = "_thread"
    replacements = {
        "allocate_lock": lock,
        "allocate": lock,
        "LockType": lock,
        "lock": lock,
        "get_ident": get_ident,
        "get_native_id": get_ident,
        "start_new_thread": start_new_thread,
        "start_new": start_new_thread,
        "start_joinable_thread": start_joinable_thread,
        "_ThreadHandle": _ThreadHandle,
        "_shutdown": shutdown,
        "interrupt_main": interrupt_main,
        "_local": _threading_local.local,
        "_count": count,
        "RLock": threading._PyRLock,  # type: ignore[attr-defined]
    }
    for name, value in replacements.items():
        setattr(_thread, name, value)
    names = {
        "_start_joinable_thread": start_joinable_thread,
        "_ThreadHandle": _ThreadHandle,
        "_thread_shutdown": shutdown,
        "_allocate_lock": lock,
        "_LockType": lock,
        "Lock": lock,
        "get_ident": get_ident,
        "get_native_id": get_ident,
        "_CRLock": None,
        "local": _threading_local.local,
        "_shutdown_locks_lock": lock(),
    }
    for name, value in names.items():
        setattr(threading, name, value)
    threading._active_limbo_lock = threading.RLock()  # type: ignore[attr-defined]
    queue.SimpleQueue = queue._PySimpleQueue  # type: ignore[attr-defined,misc]
    main = threading.main_thread()
    main._started = threading.Event()  # type: ignore[attr-defined]
    main._started.set()  # type: ignore[attr-defined]
