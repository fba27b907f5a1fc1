"""Our end of a connection with a program that does not do what we wait for."""

import socket

import pytest

from exercise_checks import program as programs
from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.conversation import Conversation
from exercise_checks.program import Program

SERVER = """
import socket, sys
with socket.create_server(("127.0.0.1", 0)) as listener:
    print(listener.getsockname()[1])
    sock, _ = listener.accept()
    with sock:
        {body}
"""


@pytest.fixture
def talk(tmp_path, monkeypatch):
    """Starts a server with this body and connects to it: returns the program and our end."""
    monkeypatch.setattr(programs, "PATIENCE_SECONDS", 2.0)
    opened = []

    def talk(body):
        path = tmp_path / "mine.py"
        path.write_text(SERVER.format(body=body))
        program = Program(Attempt(path), "server")
        opened.append(program)
        program.expect_beginning("", "at the beginning")
        sock = socket.create_connection(("127.0.0.1", int(program.printed)))
        client = Conversation(program, sock)
        opened.append(client)
        return program, client

    yield talk
    for each in opened:
        each.__exit__(None, None, None)


COUNT = "input(); print('Go', end=''); size = 0"
READ_ALL = f"{COUNT}\n        while data := sock.recv(65536): size += len(data)"


def test_the_end_of_the_stream_comes_after_all_that_was_sent(talk):
    program, client = talk(f"{READ_ALL}\n        sock.sendall(b'%d' % size)")
    client.send(b"x" * 30_000_000)
    client.end_stream()
    program.type("")
    client.expect(b"30000000")
    client.expect_end()


def test_two_answers_at_once_are_expected_one_after_the_other(talk):
    _, client = talk("sock.sendall(sock.recv(100).upper()); sock.recv(1)")
    client.send(b"one\ntwo\n")
    client.expect(b"ONE\n")
    client.expect(b"TWO\n")
    with pytest.raises(NotAsExpected) as failure:
        client.expect(b"THREE\n")
    assert str(failure.value) == (
        "after b'one\\ntwo\\n', your server should then have answered b'THREE\\n'; it answered"
        " nothing within 2 seconds"
        " (it went on when the stream had ended: a recv too many waits for more)"
    )


def test_an_answer_that_goes_on_is_noticed_with_the_next_request(talk):
    _, client = talk("sock.sendall(b'ONE\\nmore'); sock.recv(100); sock.recv(100)")
    client.send(b"one\n")
    client.expect(b"ONE\n")
    with pytest.raises(NotAsExpected) as failure:
        client.send(b"two\n")
    assert str(failure.value) == (
        "after b'one\\n', your server should have answered b'ONE\\n' and nothing more;"
        " it answered b'ONE\\nmore'"
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "sock.recv(100); sock.sendall(b'HEL')",
            (
                "after b'hello', your server should have answered b'HELLO'; it answered b'HEL', and"
                " closed the connection; your server has ended with exit status 0"
            ),
        ),
        (
            "sock.sendall(b'HEL'); sock.recv(1)",
            (
                "after b'hello', your server should have answered b'HELLO'; it answered b'HEL', and"
                " reset the connection; your server has ended with exit status 0"
            ),
        ),
        (
            "sock.recv(100); 1 / 0",
            (
                "after b'hello', your server should have answered b'HELLO'; it closed the"
                " connection;"
                " your server has ended with ZeroDivisionError: division by zero at mine.py:7"
            ),
        ),
        (
            "sock.recv(100); sock.sendall(b'HEL'); sock.recv(100)",
            (
                "after b'hello', your server should have answered b'HELLO'; it answered b'HEL';"
                " your"
                " server was at mine.py:7, \"sock.recv(100); sock.sendall(b'HEL'); sock.recv(100)\""
            ),
        ),
        (
            "sock.recv(100); sock.sendall(b'x' * 1000); sock.recv(100)",
            (
                "after b'hello', your server should have answered b'HELLO'; it answered"
                " b'xxxxxxxxxxxxxxxxxxxx'... (1000 bytes)"
            ),
        ),
    ],
)
def test_the_message_says_what_came(talk, body, message):
    _, client = talk(body)
    client.send(b"hello")
    with pytest.raises(NotAsExpected) as failure:
        client.expect(b"HELLO")
    assert str(failure.value) == message


def test_pieces_and_single_bytes_are_told(talk):
    _, client = talk("sock.recv(100); sock.sendall(b'no')\n        while sock.recv(100): pass")
    client.send(b"hel", b"lo\n")
    client.send_byte_by_byte(b"abc")
    with pytest.raises(NotAsExpected) as failure:
        client.expect(b"HELLO\nABC")
    assert str(failure.value) == (
        "after b'hel' and, a moment later, b'lo\\n' and b'abc', one byte at a time, your server"
        " should have answered b'HELLO\\nABC'; it answered b'no'"
    )


def test_nothing_should_come_and_something_does(talk):
    _, client = talk("sock.sendall(b'me first'); sock.recv(100)")
    with pytest.raises(NotAsExpected) as failure:
        client.expect_silence(60, "before it is asked")
    assert str(failure.value) == (
        "after the connection with a client, your server should not have sent anything before it"
        " is asked; it sent b'me first'"
    )


def test_a_program_may_hang_up_while_we_talk(talk):
    _, client = talk("sock.recv(100); sock.recv(100)")
    assert 0 <= client.keep_talking(b"x", 0.01, 60) < 60


def test_a_program_that_does_not_hang_up(talk):
    _, client = talk("while data := sock.recv(100): sock.sendall(data)")
    assert client.keep_talking(b"x", 0.01, 0.1) is None
