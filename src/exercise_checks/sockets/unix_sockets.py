"""Checks of the exercises on the page `sockets/unix_sockets`."""

import os
import socket
import tempfile
import time
from pathlib import Path

from exercise_checks import program as programs
from exercise_checks import system
from exercise_checks.attempt import Attempt, NotAsExpected, NotTried
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import program_exercise
from exercise_checks.played_client import close_at_once, send_half_and_close
from exercise_checks.program import Program
from exercise_checks.wording import shown

ABSTRACT_NAME = "\0upper"
PATH = "datagrams.sock"
FLOOD = 2000
STALL_SECONDS = 0.3
LEAVERS = {
    "a client closed its connection at once": close_at_once,
    "a client left in the middle of a message": send_half_and_close,
}


@program_exercise
def check_own_user(attempt: Attempt) -> None:
    if not system.current().has_abstract_names:
        raise NotTried("only Linux has abstract names")
    me = f"Connection from process {os.getpid()} of user {os.getuid()}"
    # A server that uses another name may leave a file there.
    with (
        tempfile.TemporaryDirectory() as folder,
        Program(attempt, "server", folder=Path(folder)) as server,
    ):
        server.expect_line(f"Listening on {ABSTRACT_NAME!r}", "at the beginning")
        with _connect(server) as client:
            server.expect_line(me, f"when process {os.getpid()} had connected")
            _ask(client)
            client.end_stream()
            client.expect_end("recv returns b'' when the client has ended its stream")
        for text, misbehave in LEAVERS.items():
            with _connect(server) as rude:
                misbehave(rude)
            with _connect(server, f"{text}; ") as client:
                _ask(client)
        server.press_ctrl_c()


@program_exercise
def check_datagram(attempt: Attempt) -> None:
    if not hasattr(socket, "AF_UNIX"):
        raise NotTried("this Python has no Unix sockets")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Program(attempt, "server", folder=folder) as server:
            server.expect_line(f"Listening on {PATH}", "at the beginning")
            with _client(folder, "one.sock") as one:
                _expect_answer(server, one, folder, b"Hello", "")
                mine = f"5 bytes from {str(folder / 'one.sock')!r}"
                server.expect_line(mine, "when these 5 bytes had come")
                _expect_answer(server, one, folder, b"how are you?", "")
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as nobody:
                nobody.sendto(b"from nobody", str(folder / PATH))
            with _client(folder, "two.sock") as two:
                _expect_answer(server, two, folder, b"still there", "a datagram came from nobody; ")
            with _client(folder, "mute.sock") as mute:
                _flood(mute, folder)
                with _client(folder, "three.sock") as three:
                    before = "a client sent many datagrams and read no answer; "
                    _expect_answer(server, three, folder, b"my turn", before)
            server.press_ctrl_c()
            if (folder / PATH).exists():
                raise NotAsExpected(f"{server.name} has ended and left the file {PATH} behind")


def _flood(client: socket.socket, folder: Path) -> None:
    """Sends many datagrams, as long as the server takes them."""
    client.setblocking(False)
    last = time.monotonic()
    sent = 0
    while sent < FLOOD and time.monotonic() - last < STALL_SECONDS:
        try:
            client.sendto(b"x", str(folder / PATH))
        except (BlockingIOError, ConnectionError):
            time.sleep(programs.PAUSE_SECONDS)
        else:
            sent += 1
            last = time.monotonic()


def _connect(server: Program, before: str = "") -> Conversation:
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.settimeout(programs.PATIENCE_SECONDS)
    try:
        sock.connect(ABSTRACT_NAME)
    except OSError as error:
        sock.close()
        raise server.failure(
            f"{before}a client should have been able to connect to {ABSTRACT_NAME!r}; it could"
            f" not: {error}",
            is_gone=True,
        ) from error
    return Conversation(server, sock, before)


def _ask(client: Conversation) -> None:
    client.send(b"It is me")
    client.expect(b"IT IS ME")


def _client(folder: Path, name: str) -> socket.socket:
    """A datagram socket with a path of its own."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    sock.bind(str(folder / name))
    sock.settimeout(programs.PATIENCE_SECONDS)
    return sock


def _expect_answer(
    server: Program, client: socket.socket, folder: Path, data: bytes, before: str
) -> None:
    sentence = (
        f"{before}after the datagram {shown(data)}, {server.name} should have answered"
        f" {shown(data.upper())}"
    )
    try:
        client.sendto(data, str(folder / PATH))
        came = client.recv(65535)
    except TimeoutError:
        raise server.failure(f"{sentence}; no answer came", is_silent=True) from None
    except OSError as error:
        raise server.failure(f"{sentence}; it could not be sent: {error}", is_gone=True) from error
    if came != data.upper():
        raise server.failure(f"{sentence}; it answered {shown(came)}")
