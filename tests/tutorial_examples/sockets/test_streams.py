"""The listings about streams, where things go as the page does not show."""

import importlib
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

SERVERS = {
    "streams/text_server": b"STILL THERE",
    "streams/upper_server": b"STILL THERE",
    "streams/count_server": b"0 lines, 11 bytes",
}

on_windows = sys.platform == "win32"


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
@pytest.mark.parametrize("name", SERVERS)
def test_a_server_outlives_its_clients(start, name, misbehave):
    server = start(name)
    for _ in range(5):
        misbehave(connect(server))
        assert exchange(server, b"still there") == SERVERS[name]


def test_a_text_that_comes_in_single_bytes_is_answered_whole(start):
    server = start("streams/text_server")
    with connect(server) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in "Straße".encode():
            sock.sendall(bytes([byte]))
        sock.shutdown(socket.SHUT_WR)
        assert receive_all(sock) == b"STRASSE"


def test_a_text_as_long_as_allowed_is_answered_and_no_longer_one(start):
    server = start("streams/text_server")
    assert exchange(server, b"x" * 1_000_000) == b"X" * 1_000_000
    assert server.read_line() == "Received 1000000 bytes"
    with connect(server) as sock:
        sock.sendall(b"x" * 1_000_001)
        assert receive_until_the_end(sock) == b""
    assert server.read_line() == "Broken off: more than 1000000 bytes"


def test_a_silent_client_is_broken_off(monkeypatch, capsys):
    text_server = importlib.import_module("tutorial_examples.sockets.streams.text_server")
    client, sock = socket.socketpair()
    with client, sock:
        client.sendall(b"half a text")
        sock.settimeout(0.01)
        with pytest.raises(TimeoutError):
            text_server.serve(sock)
    assert capsys.readouterr().out == ""


def test_all_of_100_clients_at_once_are_served(start):
    server = start("streams/text_server")
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: exchange(server, b"n%d" % number), range(100)))
    assert answers == [b"N%d" % number for number in range(100)]


@pytest.mark.parametrize("name", [*SERVERS, "streams/spinning_server"])
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
def test_ctrl_c_stops_a_server_which_starts_again_at_once(start, name):
    server = start(name)
    with connect(server) as sock:
        sock.sendall(b"x")
        status, output = server.press_ctrl_c()
        receive_until_the_end(sock)
    assert status == 0
    assert "Traceback" not in output
    assert output.endswith("\nStopped\n")
    again = start(name, port=server.port)
    assert again.port == server.port


def test_the_spinning_server_ends_with_an_empty_line_and_survives_a_reset(start):
    server = start("streams/spinning_server")
    with connect(server) as sock:
        sock.sendall(b"Hello\r\n")
        assert sock.recv(1024) == b"HELLO\r\n"
        sock.sendall(b"\r\n")
        assert sock.recv(1024) == b""
    assert server.read_line() == "1 b'Hello'"
    assert server.read_line() == "Connection closed"
    sock = connect(server)
    sock.sendall(b"He")
    assert sock.recv(1024) == b"HE"
    assert server.read_line() == "1 b''"
    reset(sock)
    assert server.read_line().startswith("Broken off: ")
    assert server.read_line() == "Connection closed"


def test_the_text_client_takes_an_answer_in_pieces(start, listener):
    client = start("streams/text_client", port=listener.getsockname()[1])
    sock, _ = listener.accept()
    with sock:
        assert len(receive_all(sock).splitlines()) == 400
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in "eins\nzwei\nfünf".encode():
            sock.sendall(bytes([byte]))
    assert client.finish() == (0, "Sent 400 lines, got 3\nThe last: fünf\n")
