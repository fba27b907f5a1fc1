"""Checks of the exercises on the page `sockets/files_from_sockets`."""

import io

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import exercise, program_exercise
from exercise_checks.played_client import expect_restart, tcp_server
from exercise_checks.sending import expect_whole_sending

PORT = 9999
MOST = 1000
MESSAGES = (b"two\nlines", b"", b"\0" * 300)
STREAM = b"\0\0\0\x09two\nlines" + b"\0\0\0\0" + b"\0\0\1\x2c" + b"\0" * 300


class Stream(io.BytesIO):
    """A file object that shows what is in it."""

    def __repr__(self) -> str:
        return f"io.BytesIO({self.getvalue()!r})"


class Sent(io.RawIOBase):
    """The part of a socket's file that comes behind its buffer."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: object) -> int:
        """Takes all that it is given."""
        taken = bytes(memoryview(data))  # type: ignore[arg-type]
        self.data += taken
        return len(taken)


@program_exercise
def check_number(attempt: Attempt) -> None:
    with tcp_server(attempt, PORT) as server:
        with server.connect() as client:
            client.send(b"Hello\n")
            client.expect(b"1 Hello\n", {b"0 Hello\n": "each client begins with 1"})
            client.send(b"How are ", b"you?\n")
            client.expect(b"2 How are you?\n")
            client.send(b"three\nfour\n")
            client.expect(b"3 three\n4 four\n")
            client.send(b"\xff\n")
            client.expect(b"5 \xff\n")
            client.end_stream()
            client.expect_end()
        with server.connect() as client:
            client.send(b"x" * (MOST - 1) + b"\n")
            client.expect(b"1 " + b"x" * (MOST - 1) + b"\n")
            client.send(b"x" * (2 * MOST) + b"\n")
            client.expect_end("a line of more than 1000 bytes ends the connection")
        server.expect_survival(_ask)
        expect_restart(server, _ask)
    expect_whole_sending(attempt)


@exercise
def check_length(attempt: Attempt) -> None:
    write_message = attempt.function("write_message", "write_message(file, message)")
    read_message = attempt.function("read_message", "read_message(file)")
    sent = Sent()
    file = io.BufferedWriter(sent)
    for message in MESSAGES:
        before = sent.data
        write_message(file, message)
        expected = len(message).to_bytes(4, "big") + message
        if sent.data != before + expected:
            came = sent.data[len(before) :]
            file.flush()
            hint = " (flush sends what is in the buffer)" if sent.data[len(before) :] else ""
            raise NotAsExpected(
                f"write_message(file, {message!r}) sent {came!r}; expected {expected!r}{hint}"
            )
    stream = Stream(STREAM)
    for message in MESSAGES:
        found = read_message(stream)
        if found != message:
            raise NotAsExpected(
                f"read_message(file) returned {found!r} where the next message was {message!r}"
            )
    for broken in (b"", b"\0\0", b"\0\0\0\5Hell"):
        read_message.expect_error(EOFError, Stream(broken))


def _ask(client: Conversation) -> None:
    client.send(b"still there\n")
    client.expect(b"1 still there\n", {b"": "each client begins with 1"})
