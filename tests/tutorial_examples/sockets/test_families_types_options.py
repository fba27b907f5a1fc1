"""The listings about families, types and options, where things go as the page does not show."""

import re
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hostile_peers import MISBEHAVIOURS, connect, exchange, receive_until_the_end, reset

from tutorial_examples.sockets.families_types_options import client_host, keep_alive, small_pieces

SERVER = "families_types_options/option_server"

on_windows = sys.platform == "win32"


@pytest.fixture
def client(start, listener):
    return start("families_types_options/upper_client", str(listener.getsockname()[1]), port=None)


@pytest.fixture
def pair(listener):
    """The two ends of a TCP connection."""
    one = socket.create_connection(listener.getsockname(), timeout=60)
    other, _ = listener.accept()
    with one, other:
        yield one, other


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
def test_the_server_outlives_its_clients(start, misbehave):
    server = start(SERVER, "0", "1")
    for _ in range(3):
        misbehave(connect(server))
        assert exchange(server, b"x") == b"X"


@pytest.mark.parametrize("reuse", [0, 1])
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
def test_only_the_option_lets_the_server_start_again_at_once(start, reuse):
    server = start(SERVER, "0", str(reuse))
    with connect(server) as sock:
        sock.sendall(b"x")
        assert sock.recv(1024) == b"X"
        status, output = server.press_ctrl_c()
        assert status == 0
        assert "Traceback" not in output
        assert output.endswith("\nStopped\n")
        assert receive_until_the_end(sock) == b""
    if reuse:
        again = start(SERVER, str(server.port), "1")
        assert exchange(again, b"x") == b"X"
    else:
        again = start(SERVER, str(server.port), "0", port=None)
        status, output = again.finish()
        assert status == 1
        assert output.splitlines()[-1].startswith("OSError: ")


@pytest.mark.skipif(on_windows, reason="there SO_REUSEADDR allows it")
def test_the_option_does_not_let_two_servers_listen_at_one_address(start):
    server = start(SERVER, "0", "1")
    second = start(SERVER, str(server.port), "1", port=None)
    status, output = second.finish()
    assert status == 1
    assert output.splitlines()[-1].startswith("OSError: ")
    assert exchange(server, b"x") == b"X"


def test_all_of_100_clients_at_once_are_served(start):
    server = start(SERVER, "0", "1")
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: exchange(server, b"n%d" % number), range(100)))
    assert answers == [b"N%d" % number for number in range(100)]


def test_the_client_collects_an_answer_in_pieces(listener, client):
    sock, _ = listener.accept()
    with sock:
        client.type("Hello")
        assert sock.recv(5, socket.MSG_WAITALL) == b"Hello"
        for byte in b"HELLO":
            sock.sendall(bytes([byte]))
        assert client.read_line() == "Send: HELLO"


@pytest.mark.parametrize("answer", [b"", b"HAL"], ids=["nothing", "half an answer"])
def test_the_client_says_that_the_server_has_closed(listener, client, answer):
    sock, _ = listener.accept()
    with sock:
        client.type("Hello")
        assert sock.recv(5, socket.MSG_WAITALL) == b"Hello"
        sock.sendall(answer)
    assert client.finish() == (0, "Send: The server closed the connection\n")


def test_a_reset_is_no_traceback_in_the_client(listener, client):
    sock, _ = listener.accept()
    client.type("Hello")
    assert sock.recv(5, socket.MSG_WAITALL) == b"Hello"
    reset(sock)
    status, output = client.finish()
    assert status == 1
    assert "Traceback" not in output
    assert "No answer: " in output


def test_both_ways_of_sending_small_pieces_are_measured(monkeypatch, capsys):
    monkeypatch.setattr(small_pieces, "COUNT", 1)
    small_pieces.main()
    assert re.fullmatch(
        r"TCP_NODELAY 0: \d+\.\d\d ms for an exchange\n"
        r"TCP_NODELAY 1: \d+\.\d\d ms for an exchange\n",
        capsys.readouterr().out,
    )


def test_a_line_in_pieces_is_received_and_a_broken_one_is_not(pair):
    one, other = pair
    for byte in b"line\n":
        one.sendall(bytes([byte]))
    assert small_pieces.receive_line(other) == b"line\n"
    one.sendall(b"li")
    one.shutdown(socket.SHUT_WR)
    with pytest.raises(EOFError):
        small_pieces.receive_line(other)


def test_the_system_is_told_when_to_ask(pair):
    one, _ = pair
    keep_alive.keep_alive(one, 7)
    idle = socket.TCP_KEEPALIVE if sys.platform == "darwin" else socket.TCP_KEEPIDLE
    assert one.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    assert one.getsockopt(socket.IPPROTO_TCP, idle) == 7
    assert one.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL) == 10
    assert one.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT) == 5


@pytest.mark.parametrize("idle", [0, -1])
def test_no_silence_at_all_is_refused(pair, idle):
    with pytest.raises(OSError, match="Invalid"):
        keep_alive.keep_alive(pair[0], idle)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (("127.0.0.1", 1), "127.0.0.1"),
        (("::ffff:127.0.0.1", 1, 0, 0), "127.0.0.1"),
        (("::FFFF:c000:201", 1, 0, 0), "192.0.2.1"),
        (("::1", 1, 0, 0), "::1"),
        (("2001:0db8::0001", 1, 0, 0), "2001:db8::1"),
        (("::127.0.0.1", 1, 0, 0), "::7f00:1"),
        (("fe80::1%2", 1, 0, 2), "fe80::1%2"),
    ],
)
def test_the_host_of_a_client(address, host):
    assert client_host.client_host(address) == host


@pytest.mark.parametrize("host", ["", "localhost", "127.1", "upper.sock"])
def test_what_is_no_host_is_refused(host):
    with pytest.raises(ValueError, match="does not appear"):
        client_host.client_host((host, 1))
