"""The listings about sockets as files, where things go as the page does not show."""

import io
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hostile_peers import (
    MISBEHAVIOURS,
    connect,
    exchange,
    receive_all,
    receive_until_the_end,
    reset,
)

from tutorial_examples.sockets.files_from_sockets import length_prefix, receive_server

ANSWERS = {
    "files_from_sockets/upper_server": b"X\n",
    "files_from_sockets/forgetful_server": b"X\n",
    "files_from_sockets/number_server": b"1 x\n",
}

on_windows = sys.platform == "win32"


@pytest.fixture
def client(start, listener):
    return start("files_from_sockets/upper_client", port=listener.getsockname()[1])


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
@pytest.mark.parametrize("name", ANSWERS)
def test_a_server_outlives_its_clients(start, name, misbehave):
    server = start(name)
    for _ in range(3):
        misbehave(connect(server))
        assert exchange(server, b"x\n") == ANSWERS[name]


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
def test_ctrl_c_stops_a_server_which_starts_again_at_once(start, name):
    server = start(name)
    with connect(server) as sock:
        sock.sendall(b"half")
        status, output = server.press_ctrl_c()
        receive_until_the_end(sock)
    assert status == 0
    assert "Traceback" not in output
    assert output.endswith("\nStopped\n")
    again = start(name, port=server.port)
    assert exchange(again, b"x\n") == ANSWERS[name]


def test_lines_are_the_same_in_single_bytes(start):
    server = start("files_from_sockets/upper_server")
    with connect(server) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"one\n\ntwo\r\nth\rree\n":
            sock.sendall(bytes([byte]))
        sock.shutdown(socket.SHUT_WR)
        assert receive_all(sock) == b"ONE\n\nTWO\r\nTH\rREE\n"


@pytest.mark.parametrize("name", ["upper_server", "number_server"])
def test_a_line_is_answered_before_the_next_one_is_complete(start, name):
    server = start(f"files_from_sockets/{name}")
    with connect(server) as sock:
        sock.sendall(b"x\nse")
        assert sock.recv(1024) == ANSWERS[f"files_from_sockets/{name}"]


def test_the_forgetful_server_answers_only_at_the_end(start):
    server = start("files_from_sockets/forgetful_server")
    with connect(server) as sock:
        sock.sendall(b"x\n")
        assert server.read_line().startswith("Connection from ")
        assert server.read_line() == r"Answered b'X\n'"
        sock.setblocking(False)
        with pytest.raises(BlockingIOError):
            sock.recv(1024)


@pytest.mark.parametrize(
    ("sent", "answer", "complaint"),
    [
        (b"x" * 999 + b"\n", b"X" * 999 + b"\n", None),
        (b"x" * 1000 + b"\n", b"X" * 1000 + b"\n", None),
        (b"x" * 1001 + b"\n", b"", "Broken off: 1001 bytes and no end of line"),
        (b"one\ntw", b"ONE\n", "Broken off: 2 bytes and no end of line"),
    ],
)
def test_the_longest_line_and_half_a_line(start, sent, answer, complaint):
    server = start("files_from_sockets/upper_server")
    with connect(server) as sock:
        sock.sendall(sent)
        sock.shutdown(socket.SHUT_WR)
        assert receive_until_the_end(sock) == answer
    assert server.read_line().startswith("Connection from ")
    if complaint:
        assert server.read_line() == complaint
    assert server.read_line() == "Connection closed"


def test_the_numbers_begin_anew_with_each_client(start):
    server = start("files_from_sockets/number_server")
    for _ in range(2):
        assert exchange(server, b"a\n\n%d\n") == b"1 a\n2 \n3 %d\n"


def test_all_of_100_clients_at_once_are_served(start):
    server = start("files_from_sockets/upper_server")
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: exchange(server, b"n%d\n" % number), range(100)))
    assert answers == [b"N%d\n" % number for number in range(100)]


def test_the_client_collects_an_answer_in_pieces(listener, client):
    sock, _ = listener.accept()
    with sock:
        client.type("Größe")
        assert sock.recv(8, socket.MSG_WAITALL) == "Größe\n".encode()
        for byte in "GRÖSSE\n".encode():
            sock.sendall(bytes([byte]))
        assert client.read_line() == "Send: GRÖSSE"


@pytest.mark.parametrize("answer", [b"", b"HAL"], ids=["nothing", "half an answer"])
def test_the_client_says_that_the_server_has_closed(listener, client, answer):
    sock, _ = listener.accept()
    with sock:
        client.type("Hello")
        assert sock.recv(6, socket.MSG_WAITALL) == b"Hello\n"
        sock.sendall(answer)
    assert client.finish() == (0, "Send: The server closed the connection\n")


def test_a_reset_is_no_traceback_in_the_client(listener, client):
    sock, _ = listener.accept()
    client.type("Hello")
    assert sock.recv(6, socket.MSG_WAITALL) == b"Hello\n"
    reset(sock)
    status, output = client.finish()
    assert status == 0
    assert output.startswith("Send: Broken off: ")


def test_a_server_that_has_gone_is_no_traceback_in_the_client(listener, client):
    sock, _ = listener.accept()
    client.read_until("Send: ")
    reset(sock)
    client.type("Hello")
    status, output = client.finish()
    assert status == 0
    assert output.startswith("Broken off: ")


@pytest.mark.parametrize("message", [b"", b"\n\r\n", bytes(range(256)), b"x" * 100_000])
def test_messages_of_any_bytes_are_read_as_they_were_written(message):
    file = io.BytesIO()
    length_prefix.write_message(file, message)
    length_prefix.write_message(file, b"next")
    file.seek(0)
    assert length_prefix.read_message(file) == message
    assert length_prefix.read_message(file) == b"next"
    with pytest.raises(EOFError, match="after 0 of 4 bytes"):
        length_prefix.read_message(file)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        (b"\0\0", "after 2 of 4 bytes"),
        (b"\0\0\0\3", "after 0 of 3 bytes"),
        (b"\0\0\0\3on", "after 2 of 3 bytes"),
    ],
)
def test_a_message_that_broke_off_is_refused(written, complaint):
    with pytest.raises(EOFError, match=complaint):
        length_prefix.read_message(io.BytesIO(written))


def test_too_long_a_message_is_neither_written_nor_read(monkeypatch):
    monkeypatch.setattr(length_prefix, "LONGEST", 3)
    file = io.BytesIO()
    length_prefix.write_message(file, b"one")
    with pytest.raises(ValueError, match="a message of 4 bytes, and 3 are allowed"):
        length_prefix.write_message(file, b"four")
    assert file.getvalue() == b"\0\0\0\3one"
    with pytest.raises(ValueError, match="a message of 4 bytes, and 3 are allowed"):
        length_prefix.read_message(io.BytesIO(b"\0\0\0\4four"))


def test_the_two_messages_of_the_length_prefix_program(capsys):
    length_prefix.main()
    assert capsys.readouterr().out == "b'one'\nb'two\\nlines'\n"


@pytest.mark.parametrize("content", [b"", b"x", b"\n" * 70_000])
def test_a_file_arrives_as_it_was(content):
    target = io.BytesIO()
    stream = io.BytesIO(b"%d\n%b" % (len(content), content))
    assert receive_server.receive_file(stream, target) == len(content)
    assert target.getvalue() == content


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"-1\n", b"+1\n", b" 1\n", b"1_0\n", b"one\n", b"12", b"1" * 30 + b"\n"]
)
def test_what_is_no_size_is_refused(line):
    with pytest.raises(ValueError, match="is no size"):
        receive_server.receive_file(io.BytesIO(line), io.BytesIO())


def test_a_size_is_believed_only_up_to_the_limit():
    line = b"%d\n" % (receive_server.MOST + 1)
    with pytest.raises(ValueError, match="100000001 bytes, and 100000000 are allowed"):
        receive_server.receive_file(io.BytesIO(line), io.BytesIO())


@pytest.mark.parametrize("came", [0, 1, 9])
def test_a_file_that_breaks_off_is_noticed_and_not_kept(start, came):
    server = start("files_from_sockets/receive_server")
    with connect(server) as sock:
        sock.sendall(b"10\n" + bytes(came))
        sock.shutdown(socket.SHUT_WR)
        assert receive_all(sock) == b""
    assert server.read_line() == f"Broken off: the stream ended {10 - came} bytes too early"
    with connect(server) as sock:
        sock.sendall(b"3\nabc")
        assert receive_all(sock) == b"3 bytes\n"
    # The number is not used again, and the file of the first is gone.
    assert server.read_line() == "received-2: 3 bytes"
