"""The listings on clients, where things go as the page does not show."""

import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from xmlrpc.client import Fault, ServerProxy

import pytest
from hostile_peers import MISBEHAVIOURS, connect, exchange, reset

from tutorial_examples.sockets.clients.upperlib import Upper, UpperError

on_windows = sys.platform == "win32"
SERVERS = ["upper_server", "rpc_server"]


def call_upper(server, text):
    with ServerProxy(f"http://127.0.0.1:{server.port}") as service:
        return service.upper(text)


def is_still_there(server, name):
    if name == "rpc_server":
        return call_upper(server, "still there") == "STILL THERE"
    return exchange(server, b"still there\n") == b"STILL THERE\n"


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_outlives_its_clients_and_stops_quietly(start, name):
    server = start(f"clients/{name}")
    for misbehave in MISBEHAVIOURS:
        misbehave(connect(server))
        assert is_still_there(server, name)
    with connect(server):  # a silent one holds up nobody
        assert is_still_there(server, name)
    if not on_windows:
        status, output = server.press_ctrl_c()
        assert status == 0
        assert "Traceback" not in output


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.skipif(on_windows, reason="Ctrl-C cannot be sent to a single process there")
def test_a_server_starts_again_on_its_port_at_once(start, name):
    server = start(f"clients/{name}")
    with connect(server) as sock:
        assert is_still_there(server, name)
        server.press_ctrl_c()
        assert sock.recv(1024) == b""
    assert is_still_there(start(f"clients/{name}", port=server.port), name)


def test_all_of_100_clients_at_once_are_served(start):
    server = start("clients/upper_server")
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda n: exchange(server, b"n%d\n" % n), range(100)))
    assert answers == [b"N%d\n" % n for n in range(100)]


def test_a_line_in_single_bytes_is_one_line_and_half_a_line_is_none(start):
    server = start("clients/upper_server")
    with connect(server) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for letter in b"slowly\n":
            sock.sendall(bytes([letter]))
        assert sock.recv(1024) == b"SLOWLY\n"
    assert exchange(server, b"one\nhal") == b"ONE\n"
    assert exchange(server, b"x" * 10_000 + b"\n") == b""


@pytest.fixture
def service(listener):
    """A client of the library, and the socket on which the test answers it."""
    with Upper(*listener.getsockname(), timeout=60) as service:
        sock, _ = listener.accept()
        sock.settimeout(60)
        with sock:
            yield service, sock


def test_an_answer_may_come_in_pieces_and_two_at_once(service):
    client, sock = service
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in "ÄÖÜ\nTWO\n".encode():
        sock.sendall(bytes([byte]))
    assert client.upper("äöü") == "ÄÖÜ"
    assert client.upper("two") == "TWO"
    assert sock.recv(1024) == "äöü\ntwo\n".encode()


@pytest.mark.parametrize("answer", [b"", b"HAL"])
def test_an_answer_that_breaks_off_is_an_error(service, answer):
    client, sock = service
    sock.sendall(answer)
    sock.shutdown(socket.SHUT_WR)
    with pytest.raises(UpperError, match=f"no whole line, but {len(answer)} bytes"):
        client.upper("half")


def test_an_answer_without_an_end_is_an_error(service):
    client, sock = service
    sock.sendall(b"X" * 20_000)
    with pytest.raises(UpperError, match="no whole line, but 10000 bytes"):
        client.upper("x")


def test_a_text_of_two_lines_is_not_sent(service):
    client, sock = service
    sock.sendall(b"ONE\n")
    with pytest.raises(ValueError, match="more than one line"):
        client.upper("one\ntwo")
    assert client.upper("one") == "ONE"
    assert sock.recv(1024) == b"one\n"


def test_a_reset_is_an_os_error(service):
    client, sock = service
    reset(sock)
    with pytest.raises(OSError, match=r"reset|broken|aborted|no whole line"):
        client.upper("x")


def test_the_client_waits_no_longer_than_it_was_told(listener):
    with Upper(*listener.getsockname(), timeout=0.05) as client, pytest.raises(TimeoutError):
        client.upper("anybody?")


def test_nobody_listens(listener):
    address = listener.getsockname()
    listener.close()
    with pytest.raises(ConnectionRefusedError):
        Upper(*address)


@pytest.fixture
def talk(start, listener):
    """The program `talk.py`, and the socket on which the test answers it."""
    program = start("clients/talk", "127.0.0.1", str(listener.getsockname()[1]))
    sock, _ = listener.accept()
    sock.settimeout(60)
    with sock:
        yield program, sock


END = "The server has ended the conversation\n"


def test_what_the_server_says_unasked_is_shown_at_once(talk):
    program, sock = talk
    sock.sendall(b"one\r\ntwo\nthree\r\n")
    assert [program.read_line() for _ in range(3)] == ["one", "two", "three"]
    program.type("hello")
    assert sock.recv(1024) == b"hello\r\n"
    sock.sendall(b"\xff half a line")
    sock.shutdown(socket.SHUT_WR)
    assert program.read_line() == "\ufffd half a line"
    assert program.finish() == (0, END)


def test_the_end_of_input_ends_one_direction_only(talk):
    program, sock = talk
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(program.finish)
        assert sock.recv(1024) == b""
        sock.sendall(b"late\r\n")
        sock.close()
        assert ended.result() == (0, f"late\n{END}")


def test_a_connection_that_is_reset(talk):
    program, sock = talk
    sock.sendall(b"hello\r\n")
    assert program.read_line() == "hello"
    reset(sock)
    assert program.read_line().startswith("Broken off: ")
    status, output = program.finish()
    assert status == 0
    assert "Traceback" not in output


def test_what_is_no_function_and_what_is_no_text_is_refused(start):
    server = start("clients/rpc_server")
    with ServerProxy(f"http://127.0.0.1:{server.port}") as service:
        for call in (
            service.lower,
            service.system.listMethods,
            service._dispatch,
            getattr(service, "upper.__doc__"),
        ):
            with pytest.raises(Fault):
                call("x")
        for argument in (7, ["x"], {"x": "x"}, True):
            with pytest.raises(Fault, match="has no attribute 'upper'"):
                service.upper(argument)
        assert service.upper("") == ""
