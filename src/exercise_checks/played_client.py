"""The clients of a reader's TCP server, well-behaved and not."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import TYPE_CHECKING

from exercise_checks import program as programs
from exercise_checks.conversation import Conversation
from exercise_checks.ports import HOST, expect_free_tcp, expect_freed
from exercise_checks.program import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import TypeAlias

    from exercise_checks.attempt import Attempt, NotAsExpected

    # A client that behaves, and expects to be served.
    Ask: TypeAlias = Callable[[Conversation], None]
    # A client that does not; it leaves the connection closed.
    Misbehaviour: TypeAlias = Callable[[Conversation], None]

MEGABYTE = 1_048_576


class TcpServer:
    """A reader's TCP server that runs, seen by its clients.

    Attributes:
        program: The process.
        port: Where it is expected to listen.
    """

    def __init__(self, program: Program, port: int) -> None:
        self.program = program
        self.port = port
        self._is_listening = False

    def connect(self, before: str = "") -> Conversation:
        """A new client's connection; the first waits until the server listens.

        Args:
            before: What has happened before, as `a client reset its connection; `.

        Raises:
            NotAsExpected: Nobody listens on the port, or the system takes no more connections.
        """
        partner = "the next client" if before else "a client"
        self.program.attempt.tell(f"connecting to port {self.port}")
        while True:
            try:
                address = (HOST, self.port)
                sock = socket.create_connection(address, timeout=programs.PATIENCE_SECONDS)
            except ConnectionError:
                if self._is_listening or self._waited_enough():
                    raise self._not_listening(before) from None
                time.sleep(programs.PAUSE_SECONDS)
            except OSError as error:
                raise self.program.failure(
                    f"{before}{partner} should have been able to connect to port {self.port}; it"
                    f" could not: {error}",
                    is_silent=True,
                ) from error
            else:
                self._is_listening = True
                return Conversation(self.program, sock, before, partner)

    def expect_survival(
        self, ask: Ask, misbehaviours: Mapping[str, Misbehaviour] | None = None
    ) -> None:
        """Sends clients that misbehave, and after each one that wants to be served.

        Args:
            ask: What the client that behaves does and expects.
            misbehaviours: What each of the others does, with a text that says so; all of
                `MISBEHAVIOURS` if None.

        Raises:
            NotAsExpected: The client that behaves is not served any more.
        """
        for text, misbehave in (MISBEHAVIOURS if misbehaviours is None else misbehaviours).items():
            with self.connect() as rude:
                misbehave(rude)
            with self.connect(f"{text}; ") as client:
                ask(client)

    def stop(self, ask: Ask) -> None:
        """Presses Ctrl-C while a client is connected.

        Args:
            ask: What that client does and expects before.

        Raises:
            NotAsExpected: The server does not end, ends with a traceback, or leaves its port taken.
        """
        with self.connect() as client:
            ask(client)
            self.program.press_ctrl_c()
        expect_freed(self.port, self.program.name)

    def _waited_enough(self) -> bool:
        return not self.program.is_running or self.program.has_had_time

    def _not_listening(self, before: str) -> NotAsExpected:
        if self._is_listening:
            return self.program.failure(
                f"{before}the next client should have been served;"
                f" nobody listens on port {self.port} any more",
                is_gone=True,
            )
        line = self.program.printed.partition("\n")[0]
        printed = f"; {self.program.name} printed {line!r}" if line else ""
        return self.program.failure(
            f"{self.program.name} should listen on {HOST} port {self.port};"
            f" nobody listens there{printed}",
            is_silent=True,
        )


@contextlib.contextmanager
def tcp_server(
    attempt: Attempt, port: int, *arguments: str, folder: Path | None = None
) -> Iterator[TcpServer]:
    """Runs a reader's file as a TCP server, and ends it.

    Args:
        attempt: The file.
        port: The port on 127.0.0.1 that the exercise names.
        arguments: What follows the file's name on the command line.
        folder: Where it runs; without one, where the check does.

    Raises:
        NotAsExpected: Somebody else has the port.
    """
    expect_free_tcp(port)
    with Program(attempt, "server", arguments, folder) as program:
        yield TcpServer(program, port)


def expect_restart(
    server: TcpServer, ask: Ask, *arguments: str, folder: Path | None = None
) -> None:
    """Stops a server while a client is connected, and expects it to start again at once.

    Args:
        server: The server.
        ask: What a client does and expects, before and after.
        arguments: What follows the file's name on the command line.
        folder: Where it runs; without one, where the check does.

    Raises:
        NotAsExpected: The server does not end as it should, or cannot start again.
    """
    server.stop(ask)
    with (
        tcp_server(server.program.attempt, server.port, *arguments, folder=folder) as again,
        again.connect("it was stopped and started again; ") as client,
    ):
        ask(client)


def close_at_once(client: Conversation) -> None:
    """Says nothing at all."""
    client.close()


def send_half_and_close(client: Conversation) -> None:
    """Leaves in the middle of a message."""
    client.send(b"half a mess")
    client.close()


def reset_at_once(client: Conversation) -> None:
    """Leaves rudely, perhaps before anybody has accepted the connection."""
    client.reset()


def send_half_and_reset(client: Conversation) -> None:
    """Leaves rudely in the middle of a message, when the server waits for the rest."""
    client.send(b"half a mess")
    client.wait_until_received()
    client.reset()


def send_without_end_and_leave(client: Conversation) -> None:
    """Sends a megabyte without a newline as long as the server takes it, and reads nothing."""
    client.send(b"x" * MEGABYTE)
    client.close()


MISBEHAVIOURS: dict[str, Misbehaviour] = {
    "a client closed its connection at once": close_at_once,
    "a client left in the middle of a message": send_half_and_close,
    "a client reset its connection at once": reset_at_once,
    "a client reset its connection": send_half_and_reset,
    "a client sent a megabyte without a newline, read nothing and left": send_without_end_and_leave,
}
