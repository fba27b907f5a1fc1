"""The other side of a reader's UDP programs, server or client."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import TYPE_CHECKING

from exercise_checks import program as programs
from exercise_checks.ports import HOST, expect_free_udp, is_free_udp, still_taken, taken_udp
from exercise_checks.program import Program
from exercise_checks.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TypeAlias

    from exercise_checks.attempt import Attempt, NotAsExpected

    Address: TypeAlias = tuple[str, int]

LARGEST = 65535
LOOK_SECONDS = 0.1
RETRY_SECONDS = 0.02


class UdpServer:
    """A reader's UDP server that runs, seen by a client.

    Attributes:
        program: The process.
        port: Where it is expected to receive.
    """

    def __init__(self, program: Program, port: int) -> None:
        self.program = program
        self.port = port
        self._has_answered = False

    def ask(
        self,
        datagram: bytes,
        answer: bytes,
        before: str = "",
        hints: dict[bytes, str] | None = None,
        sock: socket.socket | None = None,
    ) -> None:
        """Sends a datagram and expects one answer.

        The first one is sent again as long as the system says that nobody has the port: this is
        how it is known that the server is ready.

        Args:
            datagram: What is sent.
            answer: What must come back.
            before: What has happened before, as `a datagram came that is no text; `.
            hints: For answers that are wrong in a typical way, what to think about.
            sock: A connected socket to send from; a new one if none is given.

        Raises:
            NotAsExpected: Another answer comes, or none.
        """
        self.program.attempt.tell(f"waiting for the answer to {shown(datagram)}")
        sentence = (
            f"{before}after the datagram {shown(datagram)}, {self.program.name} should have"
            f" answered {shown(answer)}"
        )
        with contextlib.nullcontext(sock) if sock else udp_client(self.port) as client:
            came = self._exchange(client, datagram, sentence)
        if came is None:
            waited = f" in {programs.PATIENCE_SECONDS:g} seconds" if self.program.is_running else ""
            raise self.program.failure(f"{sentence}; no answer came{waited}", is_silent=True)
        if came != answer:
            hint = (hints or {}).get(came, "")
            raise self.program.failure(f"{sentence}; it answered {shown(came)}", hint)
        self._has_answered = True

    def send(self, datagram: bytes) -> None:
        """Sends a datagram and does not wait for an answer."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.sendto(datagram, (HOST, self.port))

    def stop(self) -> None:
        """Presses Ctrl-C.

        Raises:
            NotAsExpected: The server does not end, ends with a traceback, or leaves its port taken.
        """
        self.program.press_ctrl_c()
        if not is_free_udp(self.port):
            raise still_taken(self.port, self.program.name)

    def _exchange(self, sock: socket.socket, datagram: bytes, sentence: str) -> bytes | None:
        """The answer; None if none comes."""
        sock.settimeout(LOOK_SECONDS)
        sent_at = time.monotonic()
        must_send = True
        while True:
            try:
                if must_send:
                    sock.send(datagram)
                    sent_at, must_send = time.monotonic(), False
                return sock.recv(LARGEST)
            except TimeoutError:
                late = time.monotonic() - sent_at > programs.PATIENCE_SECONDS
                if late or not self.program.is_running:
                    return None
            except ConnectionError:
                if self._has_answered or self._waited_enough():
                    raise self._not_there(sentence) from None
                must_send = True
                time.sleep(RETRY_SECONDS)

    def _waited_enough(self) -> bool:
        return not self.program.is_running or self.program.has_had_time

    def _not_there(self, sentence: str) -> NotAsExpected:
        if self._has_answered:
            nobody = f"nobody has port {self.port} any more"
            return self.program.failure(f"{sentence}; {nobody}", is_gone=True)
        line = self.program.printed.partition("\n")[0]
        printed = f"; {self.program.name} printed {line!r}" if line else ""
        return self.program.failure(
            f"{self.program.name} should receive at {HOST} port {self.port};"
            f" nobody has that port{printed}",
            is_silent=True,
        )


def udp_client(port: int) -> socket.socket:
    """A socket that is told when nobody has the port, since it is connected to it."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.connect((HOST, port))
    return sock


class PlayedUdpServer:
    """The UDP server that a reader's client talks to."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._port = sock.getsockname()[1]

    def expect(self, program: Program, datagram: bytes, when: str) -> Address:
        """Expects the client to send this datagram; returns where it comes from.

        Args:
            program: The client, which runs.
            datagram: What it must send.
            when: What has happened, as `when 'hello' is typed`.

        Raises:
            NotAsExpected: It sends another one, or none.
        """
        program.attempt.tell(f"waiting for the datagram {shown(datagram)}")
        sentence = f"{when}, {program.name} should have sent the datagram {shown(datagram)}"
        self._sock.settimeout(LOOK_SECONDS)
        deadline = time.monotonic() + programs.START_SECONDS
        while True:
            is_running = program.is_running
            try:
                came, address = self._sock.recvfrom(LARGEST)
            except TimeoutError:
                if is_running and time.monotonic() < deadline:
                    continue
                raise program.failure(
                    f"{sentence} to port {self._port}; none came", is_silent=is_running
                ) from None
            except ConnectionError:  # Windows: an earlier answer found nobody
                continue
            if came != datagram:
                raise program.failure(f"{sentence}; it sent {shown(came)}")
            return address[0], address[1]

    def answer(self, datagram: bytes, address: Address) -> None:
        """Sends a datagram to a client."""
        self._sock.sendto(datagram, address)


@contextlib.contextmanager
def udp_server(
    attempt: Attempt, port: int, *arguments: str, folder: Path | None = None
) -> Iterator[UdpServer]:
    """Runs a reader's file as a UDP server, and ends it.

    Args:
        attempt: The file.
        port: The port on 127.0.0.1 that the exercise names.
        arguments: What follows the file's name on the command line.
        folder: Where it runs; without one, where the check does.

    Raises:
        NotAsExpected: Somebody else has the port.
    """
    expect_free_udp(port)
    with Program(attempt, "server", arguments, folder) as program:
        yield UdpServer(program, port)


@contextlib.contextmanager
def played_udp_server(port: int) -> Iterator[PlayedUdpServer]:
    """Receives where a reader's client expects its server.

    Raises:
        NotAsExpected: Somebody else has the port.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.bind((HOST, port))
        except OSError as error:
            raise taken_udp(port) from error
        yield PlayedUdpServer(sock)
