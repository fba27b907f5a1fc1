"""Runs the scripts of scripts.txt on the sockets of this machine, each in a network of its own.

    python linux_sockets.py            # writes Linux's answers into scripts.txt

A script is a title, `## title`, and calls, one a line, each with what it answers:

    connect client 127.0.0.1:11111 -> ECONNREFUSED

Sockets have names. They do not wait, except in a call that begins with `start NAME`: it goes on
until `join NAME` tells what it answered. Ephemeral ports are called e1, e2 and so on in the order
in which they are seen.
"""

from __future__ import annotations

import errno
import os
import re
import socket
import struct
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tested_pages.loopback_network import enter_own_network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from multiprocessing.connection import Connection

SCRIPTS = Path(__file__).with_name("scripts.txt")
EPHEMERAL = range(32768, 61000)
SHOWN_BYTES = 40
PATIENCE = 30.0
FUTEX = "202"  # what a thread that waits for another one of this process is in

FAMILIES = {
    "inet": socket.AF_INET,
    "inet6": socket.AF_INET6,
    "unix": socket.AF_UNIX,
    "none": 99,
}
TYPES = {"stream": socket.SOCK_STREAM, "dgram": socket.SOCK_DGRAM, "raw": socket.SOCK_RAW}
HOW = {"rd": socket.SHUT_RD, "wr": socket.SHUT_WR, "rdwr": socket.SHUT_RDWR}
FLAGS = {
    "peek": socket.MSG_PEEK,
    "waitall": socket.MSG_WAITALL,
    "dontwait": socket.MSG_DONTWAIT,
}
LEVELS = {
    "SO": socket.SOL_SOCKET,
    "TCP": socket.IPPROTO_TCP,
    "IP": socket.IPPROTO_IP,
    "IPV6": socket.IPPROTO_IPV6,
}


@dataclass(frozen=True)
class Script:
    """A script of scripts.txt.

    Attributes:
        title: What it is about.
        calls: Its lines without their answers.
        answers: What they are to answer.
    """

    title: str
    calls: tuple[str, ...]
    answers: tuple[str, ...]


def read_scripts() -> list[Script]:
    """The scripts in their order."""
    scripts = []
    for part in re.split(r"^## ", SCRIPTS.read_text(), flags=re.MULTILINE)[1:]:
        title, *lines = part.strip().splitlines()
        pairs = [line.partition(" -> ") for line in lines if line]
        calls = tuple(call for call, _, _ in pairs)
        scripts.append(Script(title, calls, tuple(answer for _, _, answer in pairs)))
    return scripts


def write_answers(answers: Iterable[tuple[Script, list[str]]]) -> None:
    """Puts down what the calls answered, behind what stands above the first script."""
    head = SCRIPTS.read_text().partition("\n## ")[0].rstrip()
    parts = [head]
    for script, answered in answers:
        lines = (f"{call} -> {got}" for call, got in zip(script.calls, answered, strict=True))
        parts.append("\n".join((f"## {script.title}", *lines)))
    SCRIPTS.write_text("\n\n".join(parts) + "\n")


def answers_of_linux(scripts: Iterable[Script]) -> list[list[str]]:
    """What the calls of each script answer here, each script in a process and network of its own.

    Raises:
        OSError: This machine permits no network of one's own.
    """
    return [answers_in_own_process(script) for script in scripts]


def answers_in_own_process(script: Script) -> list[str]:
    """What the calls of one script answer here.

    Raises:
        OSError: This machine permits no network of one's own.
        TimeoutError: A call waits for ever.
    """
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=run_alone, args=(script.calls, sending))
    process.start()
    sending.close()
    answers: list[str] = []
    with receiving, suppress(EOFError):
        while len(answers) < len(script.calls):
            if not receiving.poll(PATIENCE):
                process.kill()
                call = script.calls[len(answers)]
                raise TimeoutError(f"{script.title}: this call waits for ever: {call}")
            answers.append(receiving.recv())
    process.join()
    if len(answers) < len(script.calls):
        raise OSError(f"{script.title}: the process ended with status {process.exitcode}")
    return answers


def run_alone(calls: tuple[str, ...], sending: Connection) -> None:
    """Runs the calls and sends what each answers; for a process that does nothing else."""
    enter_own_network()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        run = Run()
        for call in calls:
            sending.send(run.answer(call))


class Run:
    """A script that runs."""

    def __init__(self) -> None:
        self._sockets: dict[str, socket.socket] = {}
        self._ports: dict[int, str] = {}
        self._started: dict[str, tuple[threading.Thread, list[str]]] = {}

    def answer(self, call: str) -> str:
        """Makes a call and tells what came of it."""
        name, *arguments = call.split()
        if name == "start":
            return self._start(*arguments)
        method: Callable[..., Any] = getattr(self, f"_{name}")
        try:
            return self._text(method(*arguments))
        except OSError as error:
            name = errno.errorcode.get(error.errno or 0, str(error))
            return "EOPNOTSUPP" if name == "ENOTSUP" else name  # one number, two names

    def _start(self, label: str, name: str, sock: str, *arguments: str) -> str:
        answers: list[str] = []
        self._sockets[sock].setblocking(True)
        call = " ".join((name, sock, *arguments))
        thread = threading.Thread(target=lambda: answers.append(self.answer(call)), daemon=True)
        self._started[label] = thread, answers
        thread.start()
        wait_until(lambda: bool(answers) or is_in_call(thread))
        # The call has begun to wait and goes on with that; the next ones are not to wait.
        with suppress(OSError):
            self._sockets[sock].setblocking(False)
        return "started"

    def _join(self, label: str) -> str:
        thread, answers = self._started[label]
        thread.join(PATIENCE)
        return answers[0] if answers else "still waits"

    def _waits(self, label: str) -> bool:
        return not self._started[label][1]

    def _socket(self, name: str, family: str, kind: str, protocol: str = "0") -> None:
        number = TYPES[kind] if kind in TYPES else int(kind)
        made = socket.socket(FAMILIES[family], number, int(protocol))
        self._keep(name, made)

    def _socketpair(self, one: str, other: str, family: str, kind: str) -> None:
        for name, made in zip(
            (one, other), socket.socketpair(FAMILIES[family], TYPES[kind]), strict=True
        ):
            self._keep(name, made)

    def _dup(self, name: str, new: str) -> None:
        self._keep(new, self._sockets[name].dup())

    def _close(self, name: str) -> None:
        os.close(self._sockets[name].detach())

    def _bind(self, name: str, address: str) -> None:
        self._sockets[name].bind(self._address(address))

    def _listen(self, name: str, backlog: str) -> None:
        self._sockets[name].listen(int(backlog))

    def _accept(self, name: str, new: str) -> Any:
        accepted, address = self._sockets[name].accept()
        self._keep(new, accepted)
        return address

    def _connect(self, name: str, address: str) -> None:
        self._sockets[name].connect(self._address(address))

    def _send(self, name: str, data: str) -> int:
        return self._sockets[name].send(content(data))

    def _sendto(self, name: str, data: str, address: str) -> int:
        return self._sockets[name].sendto(content(data), self._address(address))

    def _recv(self, name: str, size: str, flags: str = "") -> bytes:
        return self._sockets[name].recv(int(size), flags_of(flags))

    def _recvfrom(self, name: str, size: str, flags: str = "") -> str:
        data, address = self._sockets[name].recvfrom(int(size), flags_of(flags))
        return f"{self._text(data)} from {self._text(address)}"

    def _fill(self, name: str) -> str:
        with suppress(BlockingIOError):
            while self._sockets[name].send(bytes(65536)):
                pass
        return "full"

    def _drain(self, name: str) -> str:
        with suppress(BlockingIOError):
            while self._sockets[name].recv(65536):
                pass
            return "empty, end of stream"
        return "empty"

    def _flood(self, name: str, size: str, count: str, address: str) -> int:
        return sum(
            self._sockets[name].sendto(bytes(int(size)), self._address(address)) == int(size)
            for _ in range(int(count))
        )

    def _count(self, name: str) -> int:
        count = 0
        with suppress(BlockingIOError):
            while True:
                self._sockets[name].recv(65536)
                count += 1
        return count

    def _shutdown(self, name: str, how: str) -> None:
        self._sockets[name].shutdown(HOW[how])

    def _getsockname(self, name: str) -> Any:
        return self._sockets[name].getsockname()

    def _getpeername(self, name: str) -> Any:
        return self._sockets[name].getpeername()

    def _setsockopt(self, name: str, option: str, *values: str) -> None:
        level, number = option_of(option)
        self._sockets[name].setsockopt(level, number, option_value(option, values))

    def _getsockopt(self, name: str, option: str, size: str = "0") -> Any:
        value = self._sockets[name].getsockopt(*option_of(option), *((int(size),) * (size != "0")))
        if option == "SO_ERROR":
            return errno.errorcode.get(value, str(value))  # type: ignore[call-overload]
        return " ".join(map(str, struct.unpack("2i", value))) if option == "SO_LINGER" else value

    def _poll(self, name: str) -> str:
        import select

        poller = select.poll()
        wanted = select.POLLIN | select.POLLOUT | select.POLLPRI | select.POLLRDHUP
        poller.register(self._sockets[name], wanted)
        bits = dict(poller.poll(0)).get(self._sockets[name].fileno(), 0)
        names = ("IN", "PRI", "OUT", "ERR", "HUP", "NVAL", "RDHUP")
        return " ".join(bit for bit in names if bits & getattr(select, f"POLL{bit}")) or "nothing"

    def _unlink(self, path: str) -> None:
        Path(path).unlink()

    def _keep(self, name: str, made: socket.socket) -> None:
        made.setblocking(False)
        self._sockets[name] = made

    def _address(self, text: str) -> Any:
        if text.startswith("unix:"):
            path = text.removeprefix("unix:")
            return b"\0" + path[1:].encode() if path.startswith("@") else path
        if text.startswith("@"):
            return self._sockets[text[1:]].getsockname()
        host, _, port = text.rpartition(":")
        number = int(port) if port.isdigit() else self._sockets[port[1:]].getsockname()[1]
        return (host.strip("[]"), number)

    def _text(self, value: Any) -> str:
        if value is None:
            return "ok"
        if isinstance(value, bytes):
            if value.startswith(b"\0"):
                return "@" + value[1:].decode()
            return f"{len(value)} bytes" if len(value) > SHOWN_BYTES else f"'{value.decode()}'"
        if isinstance(value, tuple):
            host, port, *_ = value
            if port in EPHEMERAL:
                port = self._ports.setdefault(port, f"e{len(self._ports) + 1}")
            return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        return "no name" if value == "" else str(value)


def content(text: str) -> bytes:
    """The bytes of `hello`, or of `x*1000`, or of `-`, which is nothing."""
    letter, times, count = text.partition("*")
    if times:
        return letter.encode() * int(count)
    return b"" if text == "-" else text.encode()


def flags_of(text: str) -> int:
    """The flags of `peek+dontwait`."""
    return sum(FLAGS[flag] for flag in text.split("+") if flag)


def option_of(name: str) -> tuple[int, int]:
    """Level and number of an option."""
    if name.startswith("#"):
        level, number = name[1:].split(",")
        return int(level), int(number)
    return LEVELS[name.partition("_")[0]], getattr(socket, name)


def option_value(name: str, values: tuple[str, ...]) -> int | bytes:
    """The value of an option: a number, two for SO_LINGER, addresses for groups."""
    if name == "SO_LINGER":
        return struct.pack("2i", *map(int, values))
    if "." in values[0]:
        return b"".join(map(socket.inet_aton, values))
    return int(values[0])


def is_in_call(thread: threading.Thread) -> bool:
    """Whether a thread waits in a system call, and not for another thread."""
    folder = Path("/proc/self/task", str(thread.native_id))
    with suppress(OSError):  # the thread has ended meanwhile
        state = folder.joinpath("stat").read_text().rpartition(")")[2].split()[0]
        return state == "S" and folder.joinpath("syscall").read_text().split()[0] != FUTEX
    return False


def wait_until(condition: Callable[[], bool]) -> None:
    """Waits for something that comes to pass soon."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("a call neither answered nor waited")
        time.sleep(0.001)


def main() -> None:
    """Writes Linux's answers into scripts.txt."""
    if sys.platform != "linux":
        sys.exit("The answers are those of Linux: run this there")
    scripts = read_scripts()
    write_answers(zip(scripts, answers_of_linux(scripts), strict=True))
    print(f"{len(scripts)} scripts, {sum(len(script.calls) for script in scripts)} calls")


if __name__ == "__main__":
    main()
