"""The socketserver listings, where things go as the page does not show."""

import importlib
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hostile_peers import MISBEHAVIOURS, connect, exchange, receive_all, reset

on_windows = sys.platform == "win32"

TCP_SERVERS = ["upper_tcp_server", "line_server", "stoppable_server"]
UDP_SERVERS = ["upper_udp_server", "whole_udp_server"]


@pytest.fixture
def launch(start):
    """A function that starts a listing of this page."""
    return lambda name, **options: start(f"socketserver/{name}", **options)


@pytest.fixture
def udp_socket():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(60)
        yield sock


def send_lines_and_close_unread(sock):
    sock.sendall(b"line\r\n" * 1000)
    sock.close()


def close_with_an_unread_answer(sock):
    sock.sendall(b"hello\r\n")
    sock.recv(1)
    sock.close()


@pytest.mark.parametrize("name", TCP_SERVERS)
@pytest.mark.parametrize(
    "misbehave", [*MISBEHAVIOURS, send_lines_and_close_unread, close_with_an_unread_answer]
)
def test_the_server_outlives_its_clients(launch, name, misbehave):
    server = launch(name)
    with ThreadPoolExecutor(1) as pool:
        for _ in range(5):
            pool.submit(misbehave, connect(server)).result()
            assert exchange(server, b"still there\r\n") == b"STILL THERE\r\n"
    status, output = server.press_ctrl_c()
    assert "Traceback" not in output
    assert status == 0


@pytest.mark.parametrize("name", TCP_SERVERS)
def test_all_of_100_clients_at_once_are_served(launch, name):
    server = launch(name)
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda n: exchange(server, b"n%d\r\n" % n), range(100)))
    assert answers == [b"N%d\r\n" % n for n in range(100)]


@pytest.mark.parametrize("name", ["line_server", "stoppable_server"])
def test_a_line_in_single_bytes_is_one_line(launch, name):
    server = launch(name)
    with connect(server) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for letter in b"slowly\r\n":
            sock.sendall(bytes([letter]))
        sock.shutdown(socket.SHUT_WR)
        assert receive_all(sock) == b"SLOWLY\r\n"


@pytest.mark.parametrize("name", ["line_server", "stoppable_server"])
@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"", b""),
        (b"\n", b""),
        (b"\r\n", b""),
        (b"one\ntwo\r\n", b"ONE\r\nTWO\r\n"),
        (b"one\r\nhalf", b"ONE\r\n"),
        (b"\xff\x00\r\n", b"\xff\x00\r\n"),
        (b"x" * 9_998 + b"\r\n", b"X" * 9_998 + b"\r\n"),
    ],
)
def test_what_counts_as_a_line(launch, name, sent, answer):
    assert exchange(launch(name), sent) == answer


def test_a_line_that_is_too_long_or_cut_short_is_reported(launch):
    server = launch("line_server")
    for sent, length in [(b"x" * 10_000, 10_000), (b"half", 4)]:
        assert exchange(server, sent) == b""
        assert server.read_line().startswith("Connection from ")
        assert server.read_line() == f"No whole line: {length} bytes"
        assert server.read_line() == "Connection closed"


@pytest.mark.parametrize("name", ["line_server", "stoppable_server"])
def test_a_client_that_says_nothing_is_given_up(name, capsys):
    module = importlib.import_module(f"tutorial_examples.sockets.socketserver.{name}")

    class Impatient(module.UpperHandler):
        timeout = 0.05

    with (
        module.Server(("127.0.0.1", 0), Impatient) as server,
        socket.create_connection(server.server_address, timeout=60) as sock,
    ):
        server.handle_request()
        assert sock.recv(1024) == b""
    assert "Broken off: timed out\n" in capsys.readouterr().out


def test_a_connection_that_breaks_off_is_reported(launch):
    server = launch("upper_tcp_server")
    sock = connect(server)
    assert server.read_line().startswith("Connection from ")
    reset(sock)
    assert server.read_line().startswith("Broken off: ")
    assert server.read_line() == "Connection closed"


def test_the_spinning_server_takes_the_end_of_stream_for_pieces(launch):
    server = launch("spinning_server")
    assert exchange(server, b"hello\r\n") == b"HELLO\r\n"
    output = [server.read_line() for _ in range(8)]
    assert output[1:] == ["b'hello'", *["b''"] * 5, "and so on, for ever"]


def test_the_spinning_server_ends_a_session_at_an_empty_line(launch):
    server = launch("spinning_server")
    with connect(server) as sock:
        sock.sendall(b"\r\n")
        assert sock.recv(1024) == b""


@pytest.mark.parametrize("name", [*TCP_SERVERS, *UDP_SERVERS, "spinning_server"])
@pytest.mark.skipif(on_windows, reason="Ctrl-C cannot be sent to a single process there")
def test_ctrl_c_stops_a_server_without_a_traceback(launch, name):
    status, output = launch(name).press_ctrl_c()
    assert (status, output) == (0, "\nStopped\n")


@pytest.mark.parametrize("name", TCP_SERVERS)
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt recv there")
def test_a_server_stopped_amid_a_connection_starts_again_on_its_port_at_once(launch, name):
    server = launch(name)
    with connect(server) as sock:
        sock.sendall(b"before\r\n")
        assert sock.recv(1024) == b"BEFORE\r\n"
        status, output = server.press_ctrl_c()
        assert sock.recv(1024) == b""
    assert status == 0
    assert "Traceback" not in output
    assert exchange(launch(name, port=server.port), b"after\r\n") == b"AFTER\r\n"


def test_the_line_stop_ends_the_server(launch):
    server = launch("stoppable_server")
    assert exchange(server, b"one\r\nstop\r\n") == b"ONE\r\n"
    assert server.finish() == (0, "Stopped by a client\n")


def test_stop_within_a_line_ends_nothing(launch):
    server = launch("stoppable_server")
    assert exchange(server, b"stop it\r\n") == b"STOP IT\r\n"
    assert exchange(server, b"stop") == b""
    assert exchange(server, b"still there\r\n") == b"STILL THERE\r\n"


@pytest.mark.parametrize(
    ("name", "most"), [("upper_udp_server", 8192), ("whole_udp_server", 60_000)]
)
def test_how_much_of_a_datagram_is_answered(launch, udp_socket, name, most):
    server = launch(name)
    udp_socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 200_000)
    for size in (0, 1, 8192, most):
        udp_socket.sendto(b"x" * size, ("127.0.0.1", server.port))
        assert udp_socket.recv(65535) == b"X" * size
    udp_socket.sendto(b"x" * (most + 1), ("127.0.0.1", server.port))
    assert len(udp_socket.recv(65535)) == (8192 if most == 8192 else most + 1)


@pytest.mark.parametrize("name", UDP_SERVERS)
def test_a_udp_client_that_has_gone_does_no_harm(launch, udp_socket, name):
    server = launch(name)
    for _ in range(20):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
            gone.sendto(b"gone", ("127.0.0.1", server.port))
    udp_socket.sendto(b"here", ("127.0.0.1", server.port))
    assert udp_socket.recv(1024) == b"HERE"


def test_the_udp_client_asks_once(launch, udp_socket):
    client = launch("upper_udp_client", port=udp_socket.getsockname()[1])
    client.type("Grüße")
    data, address = udp_socket.recvfrom(1024)
    assert data == "Grüße".encode()
    udp_socket.sendto(b"answer", address)
    assert client.finish() == (0, "Send: Recv: answer\n")


def test_the_udp_client_gives_up(monkeypatch, capsys, udp_socket):
    module = importlib.import_module("tutorial_examples.sockets.socketserver.upper_udp_client")

    class Impatient(socket.socket):
        def settimeout(self, value):
            assert value == 5
            super().settimeout(0.05)

    monkeypatch.setattr(module, "SERVER", udp_socket.getsockname())
    monkeypatch.setattr(module.socket, "socket", Impatient)
    monkeypatch.setattr("builtins.input", lambda prompt: "anybody there?")
    module.main()
    assert capsys.readouterr().out == "No answer in five seconds\n"


def test_the_udp_client_ends_with_its_input(launch):
    assert launch("upper_udp_client", port=9).finish() == (0, "Send: \n")


def test_the_tcp_client_puts_an_answer_together(launch, listener):
    client = launch("upper_tcp_client", port=listener.getsockname()[1])
    sock, _ = listener.accept()
    with sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.type("hello")
        assert sock.recv(1024) == b"hello\r\n"
        for letter in b"HELLO\r\n":
            sock.sendall(bytes([letter]))
        client.read_until("HELLO\n")
        assert client.finish() == (0, "Send: \n")
        assert sock.recv(1024) == b""


@pytest.mark.parametrize("half", [b"", b"HEL"])
def test_the_tcp_client_notices_an_early_end(launch, listener, half):
    client = launch("upper_tcp_client", port=listener.getsockname()[1])
    sock, _ = listener.accept()
    with sock:
        client.type("hello")
        assert sock.recv(1024) == b"hello\r\n"
        sock.sendall(half)
    assert client.finish() == (0, "Send: The server closed the connection\n")


def test_shutdown_ends_the_loop_of_every_server():
    for name in TCP_SERVERS:
        module = importlib.import_module(f"tutorial_examples.sockets.socketserver.{name}")
        with module.Server(("127.0.0.1", 0), module.UpperHandler) as server:
            loop = threading.Thread(target=server.serve_forever)
            loop.start()
            server.shutdown()
            loop.join()
        assert not loop.is_alive()
