"""The TCP listings, where things go as the page does not show."""

import importlib
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hostile_peers import MISBEHAVIOURS, connect, exchange, receive_all, reset

on_windows = sys.platform == "win32"

CLIENTS = ["tcp/upper_client", "tcp/hello_client", "tcp/whole_client"]


@pytest.fixture
def server(start):
    return start("tcp/upper_server")


def send_much_and_close(sock):
    sock.sendall(b"x" * 100_000)
    sock.close()


def close_with_an_unread_answer(sock):
    sock.sendall(b"hello")
    sock.recv(1)
    sock.close()


@pytest.mark.parametrize(
    "misbehave", [*MISBEHAVIOURS, send_much_and_close, close_with_an_unread_answer]
)
def test_the_server_outlives_its_clients(server, misbehave):
    for _ in range(10):
        misbehave(connect(server))
        assert exchange(server, b"still there") == b"STILL THERE"


def test_a_connection_that_breaks_off_is_reported(server):
    sock = connect(server)
    assert server.read_line().startswith("Connection from ")
    reset(sock)
    assert server.read_line().startswith("Broken off: ")
    assert server.read_line() == "Connection closed"


def test_one_byte_at_a_time_is_answered_all_the_same(server):
    with connect(server) as sock:
        for letter in b"slowly":
            sock.sendall(bytes([letter]))
            assert sock.recv(1024) == bytes([letter]).upper()


def test_a_megabyte_without_a_newline_comes_back_whole(server):
    message = b"abcdefgh" * 131_072
    with connect(server) as sock, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(receive_all, sock)
        sock.sendall(message)
        sock.shutdown(socket.SHUT_WR)
        assert answer.result() == message.upper()


def test_the_server_sends_all_also_where_send_would_not():
    class Reluctant(socket.socket):
        """A socket with room for one byte at a time."""

        def send(self, data, *flags):
            return super().send(data[:1], *flags)

    upper_server = importlib.import_module("tutorial_examples.sockets.tcp.upper_server")
    client, other_end = socket.socketpair()
    family, kind, protocol = other_end.family, other_end.type, other_end.proto
    with client, Reluctant(family, kind, protocol, fileno=other_end.detach()) as sock:
        client.sendall(b"hello")
        client.shutdown(socket.SHUT_WR)
        upper_server.serve(sock)
        sock.close()
        assert receive_all(client) == b"HELLO"


def test_all_of_200_clients_at_once_are_served(server):
    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(lambda number: exchange(server, b"n%d" % number), range(200)))
    assert answers == [b"N%d" % number for number in range(200)]


def test_the_second_client_is_served_when_the_first_has_ended(server):
    with connect(server) as second_comes_later:
        second_comes_later.sendall(b"a")
        assert second_comes_later.recv(1024) == b"A"
        with connect(server) as waiting:
            waiting.sendall(b"b")
            second_comes_later.sendall(b"c")
            assert second_comes_later.recv(1024) == b"C"
            waiting.setblocking(False)
            with pytest.raises(BlockingIOError):
                waiting.recv(1024)
            waiting.settimeout(60)
            second_comes_later.close()
            assert waiting.recv(1024) == b"B"


@pytest.mark.parametrize("name", ["tcp/upper_server", "tcp/silent_server", "tcp/step_server"])
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
def test_ctrl_c_stops_a_server_without_a_traceback(start, name):
    status, output = start(name).press_ctrl_c()
    assert (status, output) == (0, "\nStopped\n")


@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt recv there")
def test_a_server_stopped_amid_a_connection_starts_again_on_its_port_at_once(start, server):
    with connect(server) as sock:
        sock.sendall(b"before")
        assert sock.recv(1024) == b"BEFORE"
        status, output = server.press_ctrl_c()
        assert sock.recv(1024) == b""
    assert status == 0
    assert "Traceback" not in output
    assert exchange(start("tcp/upper_server", port=server.port), b"after") == b"AFTER"


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_without_a_server_is_refused(start, listener, name):
    port = listener.getsockname()[1]
    listener.close()
    status, output = start(name, port=port).finish()
    assert status == 1
    assert output.splitlines()[-1].startswith("ConnectionRefusedError: ")


def test_receiving_exactly_puts_single_bytes_together(start, listener):
    client = start("tcp/whole_client", port=listener.getsockname()[1])
    sock, _ = listener.accept()
    with sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(2000):
            sock.sendall(b"X")
        assert client.finish() == (0, "Sent 2000 bytes, got 2000 back\n")


def test_receiving_exactly_says_how_far_the_stream_went(start, listener):
    client = start("tcp/whole_client", port=listener.getsockname()[1])
    sock, _ = listener.accept()
    with sock:
        received = 0
        while received < 2000:
            received += len(sock.recv(65536))
        sock.sendall(b"X" * 1500)
    status, output = client.finish()
    assert status == 1
    assert output.splitlines()[-1] == "EOFError: the stream ended after 1500 of 2000 bytes"


def test_receiving_exactly_leaves_what_is_not_asked_for(start, listener):
    client = start("tcp/whole_client", port=listener.getsockname()[1])
    sock, _ = listener.accept()
    with sock:
        sock.sendall(b"X" * 2001)
        assert client.finish() == (0, "Sent 2000 bytes, got 2000 back\n")


def test_the_silent_server_drops_its_first_client_for_its_second(start):
    server = start("tcp/silent_server")
    with connect(server) as first, connect(server) as second:
        first_address, second_address = first.getsockname(), second.getsockname()
        assert server.read_line() == f"Connection from {first_address}"
        assert server.read_line() == f"Connection from {second_address}"
        assert first.recv(1024) == b""


def test_the_step_server_ends_with_its_input(start):
    server = start("tcp/step_server")
    with connect(server) as sock:
        sock.sendall(b"hello")
        server.read_until("Press Enter to receive: ")
        server.type("")
        server.read_until("b'hello'\n")
        status, output = server.finish()
    assert (status, output) == (0, "Press Enter to receive: \nStopped\n")
