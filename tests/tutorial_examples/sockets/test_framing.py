"""The listings about framing, where things go as the page does not show."""

import importlib
import json
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
)

REQUESTS = {
    "framing/naive_server": (b"x\n", b""),
    "framing/buffer_server": (b"x\n", b""),
    "framing/upper_line_server": (b"x\n", b"X\n"),
    "framing/json_server": (b'{"text": "x"}\n', b'{"text": "X"}\n'),
}

on_windows = sys.platform == "win32"


@pytest.fixture
def messages():
    return importlib.import_module("tutorial_examples.sockets.framing.length_prefix")


def read_endings(server, count):
    """Read what a server prints until it has closed so many connections."""
    while count:
        count -= server.read_line() == "Connection closed"


def send_bytewise(sock, data):
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in data:
        sock.sendall(bytes([byte]))


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
@pytest.mark.parametrize("name", REQUESTS)
def test_a_server_outlives_its_clients(start, name, misbehave):
    request, answer = REQUESTS[name]
    server = start(name)
    with ThreadPoolExecutor(1) as pool:
        # What the servers print may be longer than the pipe has room for.
        ends = pool.submit(read_endings, server, 6)
        for _ in range(3):
            misbehave(connect(server))
            assert exchange(server, request) == answer
        ends.result()


@pytest.mark.parametrize("name", REQUESTS)
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
    assert exchange(again, REQUESTS[name][0]) == REQUESTS[name][1]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_lines_are_the_same_in_pieces_of_any_size(start, size):
    server = start("framing/upper_line_server")
    lines = "one\n\nGroße Straße\nfour\n".encode()
    with connect(server) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for begin in range(0, len(lines), size):
            sock.sendall(lines[begin : begin + size])
        sock.shutdown(socket.SHUT_WR)
        assert receive_all(sock) == b"ONE\n\nGROSSE STRASSE\nFOUR\n"


def test_a_line_is_answered_before_the_next_one_is_complete(start):
    server = start("framing/upper_line_server")
    with connect(server) as sock:
        sock.sendall(b"one\ntw")
        assert sock.recv(1024) == b"ONE\n"
        sock.sendall(b"o\n")
        assert sock.recv(1024) == b"TWO\n"


def test_the_longest_line_is_answered_and_one_byte_more_is_not(start):
    server = start("framing/upper_line_server")
    assert exchange(server, b"x" * 1000 + b"\n") == b"X" * 1000 + b"\n"
    with connect(server) as sock:
        sock.sendall(b"x" * 1001 + b"\n")
        assert receive_until_the_end(sock) == b""


def test_many_lines_at_once_are_no_long_line(start):
    server = start("framing/upper_line_server")
    with connect(server) as sock, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(receive_all, sock)
        sock.sendall(b"line\n" * 20_000)
        sock.shutdown(socket.SHUT_WR)
        assert answer.result() == b"LINE\n" * 20_000


def test_a_stream_that_ends_amid_a_line_is_reported(start):
    server = start("framing/upper_line_server")
    assert exchange(server, b"one\ntw") == b"ONE\n"
    assert server.read_line().startswith("Connection from ")
    assert server.read_line() == "Broken off: the stream ended after 2 bytes of a line"
    assert server.read_line() == "Connection closed"


def test_all_of_100_clients_at_once_are_served(start):
    server = start("framing/upper_line_server")
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: exchange(server, b"n%d\n" % number), range(100)))
    assert answers == [b"N%d\n" % number for number in range(100)]


def test_the_buffer_server_refuses_a_line_without_an_end(start):
    server = start("framing/buffer_server")
    with connect(server) as sock:
        sock.sendall(b"x" * 1001)
        assert receive_until_the_end(sock) == b""
    while (line := server.read_line()).startswith("recv "):
        pass
    assert line == "Broken off: a line of more than 1000 bytes"


def test_the_line_client_takes_answers_in_single_bytes_and_an_early_end(start):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        client = start("framing/upper_line_client", port=listener.getsockname()[1])
        sock, _ = listener.accept()
        with sock:
            received = b""
            while received.count(b"\n") < 3:
                received += sock.recv(1024)
            send_bytewise(sock, "EINS\nFÜNF\nhal".encode())
    assert client.finish() == (
        0,
        "Hello -> EINS\nGroße Straße -> FÜNF\nThe server closed the connection\n",
    )


@pytest.mark.parametrize("last_line", ["", None], ids=["empty line", "Ctrl-D"])
def test_the_piece_client_sends_each_piece_at_once(start, last_line):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        client = start("framing/piece_client", port=listener.getsockname()[1])
        sock, _ = listener.accept()
        with sock:
            sock.settimeout(60)
            client.type(r"a\nb")
            assert sock.recv(1024) == b"a\nb"
            if last_line is not None:
                client.type(last_line)
            status, output = client.finish()
            assert (status, output.rstrip("\n")) == (0, "Piece: Piece: ")
            assert sock.recv(1024) == b""


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"no JSON",
        b"\xff",
        b"7",
        b"null",
        b"[]",
        b"{}",
        b'{"text": null}',
        b'{"Text": "x"}',
        b"[" * 1000,
    ],
)
def test_what_is_no_request_is_told_so(start, line):
    server = start("framing/json_server")
    answers = exchange(server, line + b"\n" + b'{"text": "on"}\n').splitlines()
    assert [json.loads(answer) for answer in answers] == [
        {"error": "not a request"},
        {"text": "ON"},
    ]


def test_a_text_with_newlines_and_any_character_stays_one_answer(start):
    server = start("framing/json_server")
    request = json.dumps({"text": "two\nlines \ud800 ß \0"}).encode()
    assert json.loads(exchange(server, request + b"\n")) == {"text": "TWO\nLINES \ud800 SS \0"}


@pytest.mark.parametrize("message", [b"", b"\n", bytes(range(256)), b"x" * 100_000])
def test_messages_of_any_bytes_arrive_as_they_were_sent(pair, messages, message):
    left, right = pair
    with ThreadPoolExecutor(1) as pool:
        received = pool.submit(lambda: [messages.receive_message(right) for _ in range(2)])
        messages.send_message(left, message)
        messages.send_message(left, b"next")
        assert received.result() == [message, b"next"]


def test_the_longest_message_is_sent_and_received_and_no_longer_one(pair, messages, monkeypatch):
    left, right = pair
    monkeypatch.setattr(messages, "LONGEST", 3)
    messages.send_message(left, b"one")
    assert messages.receive_message(right) == b"one"
    with pytest.raises(ValueError, match="a message of 4 bytes, and 3 are allowed"):
        messages.send_message(left, b"four")
    left.sendall(b"\x00\x00\x00\x04four")
    with pytest.raises(ValueError, match="a message of 4 bytes, and 3 are allowed"):
        messages.receive_message(right)


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        (b"", "after 0 of 4 bytes"),
        (b"\x00\x00", "after 2 of 4 bytes"),
        (b"\x00\x00\x00\x03", "after 0 of 3 bytes"),
        (b"\x00\x00\x00\x03on", "after 2 of 3 bytes"),
    ],
)
def test_a_stream_that_ends_amid_a_message_says_how_far_it_came(pair, messages, sent, complaint):
    left, right = pair
    left.sendall(sent)
    left.close()
    with pytest.raises(EOFError, match=complaint):
        messages.receive_message(right)


def test_the_two_messages_of_the_length_prefix_program(messages, capsys):
    messages.main()
    assert capsys.readouterr().out == "b'one'\nb'two\\nlines'\n"
