"""The TCP server that a reader's client talks to."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import TYPE_CHECKING

from exercise_checks import program as programs
from exercise_checks.conversation import Conversation
from exercise_checks.ports import HOST, taken_tcp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exercise_checks.program import Program

LOOK_SECONDS = 0.1


class PlayedServer:
    """Our listening socket.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.port: int = listener.getsockname()[1]

    def accept(self, program: Program, before: str = "") -> Conversation:
        """The connection that the reader's client makes.

        Args:
            program: The client, which runs.
            before: What has happened before, for messages.

        Raises:
            NotAsExpected: It makes none.
        """
        program.attempt.tell(f"waiting for {program.name} to connect to port {self.port}")
        self._listener.settimeout(LOOK_SECONDS)
        deadline = time.monotonic() + programs.START_SECONDS
        while True:
            # A client that connects and ends at once has still connected.
            is_running = program.is_running
            try:
                sock, _ = self._listener.accept()
            except TimeoutError:
                if is_running and time.monotonic() < deadline:
                    continue
                sentence = f"{before}{program.name} should connect to {HOST} port {self.port}"
                raise program.failure(f"{sentence}; it has not", is_silent=is_running) from None
            return Conversation(program, sock, before, "the server")


@contextlib.contextmanager
def tcp_listener(port: int) -> Iterator[PlayedServer]:
    """Listens where a reader's client expects its server.

    Args:
        port: The port on 127.0.0.1; 0 for any, if the client is told.

    Raises:
        NotAsExpected: Somebody else has the port.
    """
    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        raise taken_tcp(port) from error
    with listener:
        yield PlayedServer(listener)
