"""The socket calls of a program that runs as an ordinary process: how to record and read them.

    environment = recording_environment(record_file, "server", os.environ)
    subprocess.run([sys.executable, "upper_server.py"], env={**os.environ, **environment})
    calls = read_socket_calls(record_file)

All processes of a page write to one file. Times are those of `time.perf_counter_ns()`, which is one
clock for all processes of a machine.
"""

from __future__ import annotations

import compileall
import json
import os
import time
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RECORDER = Path(__file__).parent / "recorder"

# An address of the IP families is a tuple of host, port and so on, one of AF_UNIX a path.
Address = tuple[str | int, ...] | str

# Calls that wait for another program for as long as that likes. A send is rarely among them.
WAITING_CALLS = frozenset(
    {"accept", "connect", "recv", "recvfrom", "recvmsg", "recv_into", "recvfrom_into"}
    | {"recvmsg_into"}
)

# What a socket's calls have in common.
SOCKET_FIELDS = (
    "terminal", "pid", "thread", "number", "socket", "family", "type", "local", "peer",
)  # fmt: skip


@dataclass(frozen=True)
class SocketCall:
    """One call of a method of a socket.

    Attributes:
        terminal: Name of the terminal in which the program ran.
        pid: Process that made the call.
        thread: Thread that made it, counted from 1 in the order of the process's first calls.
        number: Counts the calls of the process from 1.
        socket: Names the socket: the pid of the process that made it, a point, and a number. Unlike
            a file descriptor it is never used again. A process that is forked shares it.
        family: Such as "AF_INET".
        type: Such as "SOCK_DGRAM".
        call: Name of the method; "sendfile" for what `os.sendfile` sends to the socket, and
            "record full" for the line behind which a process's calls are no longer recorded.
        caller: Module that made the call, such as "__main__" or "socketserver".
        address: The address that the program gave to bind, connect, sendto, sendmsg.
        local: Address of this end after the call.
        peer: Address of the other end: of the connection, or of the datagram.
        asked: Size that was asked for, in bytes; for listen the length of the queue; None for
            calls that have none, and where it was left out.
        size: Bytes that were sent or received; None for other calls and failed ones.
        data: The first bytes that were sent or received, 64 at most.
        detail: "SHUT_RD", "SHUT_WR" or "SHUT_RDWR" of a shutdown; "MSG_PEEK"; "fileno" for a socket
            object made for a descriptor that the record does not know; "collected" for a close
            because the last reference to the socket went; "process ended" for the close that the
            system does for a process that is over.
        accepted: For accept the new socket's name.
        error: Class of the exception, also where connect_ex returned its number and where
            SO_ERROR told it; empty for a call that succeeded.
        error_text: Text of the exception.
        began: When the call was made, in nanoseconds of `time.perf_counter_ns()`.
        ended: When it was over; None if it was not when the record was read.
    """

    terminal: str
    pid: int
    thread: int
    number: int
    socket: str
    family: str
    type: str
    call: str
    began: int
    ended: int | None = None
    caller: str = "__main__"
    address: Address | None = None
    local: Address | None = None
    peer: Address | None = None
    asked: int | None = None
    size: int | None = None
    data: bytes = b""
    detail: str = ""
    accepted: str = ""
    error: str = ""
    error_text: str = ""

    @property
    def last_moment(self) -> int:
        """When the call was over; when it began if it was not."""
        return self.began if self.ended is None else self.ended

    @property
    def exception(self) -> str:
        """The exception of a failed call as Python prints it; empty if there was none."""
        return f"{self.error}: {self.error_text}" if self.error_text else self.error

    def as_json(self) -> dict[str, Any]:
        """The call as JSON values: the bytes in hexadecimal, what is empty or None left out."""
        values = asdict(self)
        return {
            name: value.hex() if isinstance(value, bytes) else value
            for name, value in values.items()
            if value not in (None, "", b"")
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> SocketCall:
        """The inverse of `as_json`.

        Raises:
            TypeError: If a value is missing or there is one too many.
            ValueError: If the bytes are not hexadecimal.
        """
        addresses = {
            name: tuple(value) if isinstance(value := values.get(name), list) else value
            for name in ("address", "local", "peer")
        }
        return cls(**{**values, **addresses, "data": bytes.fromhex(values.get("data", ""))})


def recording_environment(
    record_file: Path, terminal: str, existing: Mapping[str, str]
) -> dict[str, str]:
    """The variables that make a Python program record its socket calls.

    The program itself does not see them. They have no effect on other programs, nor on a Python
    that is told to ignore its environment (`python -I`, `-E`, `-S`).

    Args:
        record_file: Where the calls go: one line each time that a call begins or ends.
        terminal: Name of the terminal in which the program is to run.
        existing: The variables that the program gets otherwise.

    Returns:
        The variables to add or to replace.
    """
    search_path = [str(RECORDER)]
    if "PYTHONPATH" in existing:
        search_path.append(existing["PYTHONPATH"])
    return {
        "PYTHONPATH": os.pathsep.join(search_path),
        "TESTED_PAGES_RECORD": str(record_file.absolute()),
        "TESTED_PAGES_TERMINAL": terminal,
    }


@cache
def compile_recorder() -> None:
    """Compiles what recorded programs import, since they may write no compiled files themselves.

    Without, each program would compile it again, which takes as long as the start of Python. Where
    this folder cannot be written, that is how it is.
    """
    compileall.compile_dir(RECORDER, quiet=2)


def read_socket_calls(record_file: Path) -> list[SocketCall]:
    """The calls that were recorded so far, in the order in which they began.

    Args:
        record_file: The file of `recording_environment`; none at all is an empty record.

    Raises:
        ValueError: If a line is not one that the recorder writes.
    """
    try:
        lines = record_file.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return []
    calls: dict[tuple[int, int], SocketCall] = {}
    for number, line in enumerate(lines, 1):
        if not line.endswith(b"\n"):  # it is being written just now
            continue
        try:
            call = SocketCall.from_json(json.loads(line))
        except (ValueError, TypeError, AttributeError) as error:
            message = f"{record_file}:{number}: not a recorded socket call ({error})"
            raise ValueError(message) from error
        calls[call.pid, call.number] = call
    return sorted(calls.values(), key=lambda call: call.began)


def settled_socket_calls(record_file: Path, seconds: float = 1.0) -> list[SocketCall]:
    """The calls recorded so far, once no call is under way but those that wait.

    A program that has seen an answer may be faster than the record of the call that sent it.

    Args:
        record_file: The file of `recording_environment`.
        seconds: How long to wait for calls to end. A program that was killed in the midst of one
            never ends it.
    """
    deadline = time.monotonic() + seconds
    while True:
        calls = read_socket_calls(record_file)
        settled = all(call.ended is not None or call.call in WAITING_CALLS for call in calls)
        if settled or time.monotonic() > deadline:
            return calls
        time.sleep(0.001)


def with_closes_at_exit(calls: Iterable[SocketCall], ended: Mapping[int, int]) -> list[SocketCall]:
    """The calls, and a close for each socket that was open when its process ended.

    Args:
        calls: Recorded calls.
        ended: When processes were over, by pid, in nanoseconds of `time.perf_counter_ns()`.

    Returns:
        All calls in the order in which they began.
    """
    found = sorted(calls, key=lambda call: call.began)
    open_sockets: dict[tuple[int, str], SocketCall] = {}
    closed: set[tuple[int, str]] = set()
    for call in found:
        if call.call == "socket" and call.error:
            continue
        if call.call == "close":
            closed.add((call.pid, call.socket))
        open_sockets[call.pid, call.socket] = call
        if call.accepted:
            open_sockets[call.pid, call.accepted] = replace(call, socket=call.accepted)
    for key, call in open_sockets.items():
        if call.pid in ended and key not in closed:
            moment = max(ended[call.pid], call.began)
            found.append(
                SocketCall(
                    **{name: getattr(call, name) for name in SOCKET_FIELDS},
                    call="close",
                    detail="process ended",
                    began=moment,
                    ended=moment,
                )
            )
    return sorted(found, key=lambda call: call.began)
