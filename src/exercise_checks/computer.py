"""A computer as the system beneath the checks: each program is a process of its own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import socket

# What is kept of each output; a program that spins prints without end.
MOST_OUTPUT = 1_000_000
# A child that goes on may hold an output open.
FAREWELL_SECONDS = 2.0
# How long Ctrl-C is put off while a program works, and how often in a row it is to be seen at rest.
REST_SECONDS = 1.0
LOOKS_AT_REST = 5
LOOK_SECONDS = 0.01
AT_REST = frozenset("SZX")
ENVIRONMENT = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "PYTHON_COLORS": "0"}
TABLES = (Path("/proc/self/net/tcp"), Path("/proc/self/net/tcp6"))


class Computer:
    """This computer; see `exercise_checks.system.System`."""

    has_abstract_names = sys.platform == "linux"

    def start(self, file: Path, arguments: tuple[str, ...], folder: Path | None) -> ComputerProcess:
        """Starts a Python program."""
        return ComputerProcess(file, arguments, folder)

    def unread(self, sock: socket.socket) -> int | None:
        """How many bytes the other end has not read, as Linux tells.

        Source: proc_pid_net(5), Linux's `Documentation/networking/proc_net_tcp.rst`.
        """
        ours, theirs = sock.getsockname()[1], sock.getpeername()[1]
        sent = received = None
        for line in _connections():
            local, remote, _, queues = line.split()[1:5]
            ports = int(local.rpartition(":")[2], 16), int(remote.rpartition(":")[2], 16)
            if ports == (ours, theirs):
                sent = int(queues.partition(":")[0], 16)
            elif ports == (theirs, ours):
                received = int(queues.partition(":")[2], 16)
        return None if sent is None or received is None else sent + received


class ComputerProcess:
    """A program as a process of its own; see `exercise_checks.system.Running`."""

    # On Windows a program notices Ctrl-C only when a call of a socket returns.
    takes_ctrl_c = sys.platform != "win32"

    def __init__(self, file: Path, arguments: tuple[str, ...], folder: Path | None) -> None:
        self._process = subprocess.Popen(
            # With faulthandler it can be asked where it is when it answers nothing.
            [sys.executable, "-X", "faulthandler", str(file), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **ENVIRONMENT},
            cwd=folder,
            start_new_session=True,
        )
        self._screen = _Output(self._process.stdout)
        self._errors = _Output(self._process.stderr)

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""
        return self._process.poll()

    @property
    def printed(self) -> bytes:
        """What it has written to its standard output so far."""
        return bytes(self._screen.data)

    @property
    def complained(self) -> bytes:
        """What it has written to its standard error so far."""
        return bytes(self._errors.data)

    def wait(self, seconds: float) -> bool:
        """Waits for its end, so long at most; returns whether it has come."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def wait_for_all_printed(self, seconds: float) -> bool:
        """Waits for the end of its standard output; a child may hold it open."""
        return self._screen.has_ended(seconds)

    def wait_for_all_complained(self, seconds: float) -> bool:
        """Waits for the end of its standard error; a child may hold it open."""
        return self._errors.has_ended(seconds)

    def type(self, data: bytes) -> None:
        """Gives it input; nothing happens if it has ended."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.write(data)
                self._process.stdin.flush()

    def end_input(self) -> None:
        """Ends its input."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def press_ctrl_c(self) -> None:
        """Interrupts it and what it has started; nothing happens if it has ended.

        A person presses the key when nothing happens any more. In the moment in which socketserver
        starts a thread, Ctrl-C would close the connection that the thread serves already.
        """
        self._wait_until_at_rest()
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGINT)

    def _wait_until_at_rest(self) -> None:
        """Waits until it waits, with all that it has started, for a second at most."""
        deadline = time.monotonic() + REST_SECONDS
        looks = 0
        while looks < LOOKS_AT_REST and time.monotonic() < deadline:
            looks = looks + 1 if _is_at_rest(self._process.pid) else 0
            time.sleep(LOOK_SECONDS)

    def tell_places(self, seconds: float) -> None:
        """Ends it with SIGABRT, so that faulthandler complains of where its threads are."""
        if sys.platform == "win32":
            return
        with contextlib.suppress(ProcessLookupError):
            if sys.platform == "linux":
                # It is to say where it is, and not to leave a file with all its memory.
                import resource

                resource.prlimit(self._process.pid, resource.RLIMIT_CORE, (0, 0))
            os.kill(self._process.pid, signal.SIGABRT)
        self.wait(seconds)
        self._errors.has_ended(seconds)

    def limit_memory(self, more: int) -> None:
        """Lets it have so many bytes of memory more than now, on Linux."""
        if sys.platform == "linux":
            import resource

            status = Path(f"/proc/{self._process.pid}/status").read_text()
            found = re.search(r"^VmData:\s+(\d+) kB$", status, re.MULTILINE)
            if found is not None:
                size = int(found[1]) * 1024 + more
                resource.prlimit(self._process.pid, resource.RLIMIT_DATA, (size, size))

    def end(self) -> None:
        """Ends it, and all that it has started, whatever they do."""
        if sys.platform == "win32":
            tree = ["taskkill", "/F", "/T", "/PID", str(self._process.pid)]
            subprocess.run(tree, capture_output=True, check=False)
        else:
            # All that it has started is in its group, also when it has ended itself.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        """Lets go of a program that has ended."""
        self.end_input()
        self._screen.close()
        self._errors.close()


class _Output:
    """What comes out of a pipe, collected by a thread."""

    def __init__(self, pipe: IO[bytes] | None) -> None:
        if pipe is None:
            raise ValueError("there is no pipe to collect from")
        self.data = bytearray()
        self._pipe = pipe
        self._thread = threading.Thread(target=self._collect, daemon=True)
        self._thread.start()

    def has_ended(self, seconds: float) -> bool:
        """Waits for the end of the output, so long at most; a child may hold it open."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def close(self) -> None:
        if self.has_ended(FAREWELL_SECONDS):
            self._pipe.close()

    def _collect(self) -> None:
        while piece := os.read(self._pipe.fileno(), 65536):
            if len(self.data) < MOST_OUTPUT:
                self.data += piece


def _is_at_rest(process_id: int) -> bool:
    """Whether all threads of a process and of its children wait, where Linux tells that; else true.

    Source: proc_pid_stat(5), proc_tid_children(5).
    """
    for task in Path(f"/proc/{process_id}/task").glob("*"):
        # A thread may end meanwhile, and a system may not list the children.
        with contextlib.suppress(OSError):
            if (task / "stat").read_text().rpartition(")")[2].split()[0] not in AT_REST:
                return False
            if not all(map(_is_at_rest, map(int, (task / "children").read_text().split()))):
                return False
    return True


def _connections() -> list[str]:
    lines: list[str] = []
    for table in TABLES:
        with contextlib.suppress(OSError):
            lines += table.read_text().splitlines()[1:]
    return lines
