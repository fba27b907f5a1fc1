"""The listings about errors and timeouts, where things go as the page does not show."""

import importlib
import socket
import sys
import time
from contextlib import ExitStack

import pytest
from hostile_peers import MISBEHAVIOURS, connect, reset

on_windows = sys.platform == "win32"

FOLDER = "errors_and_timeouts"
SERVERS = [f"{FOLDER}/upper_server", f"{FOLDER}/deadline_server"]


def module(name):
    return importlib.import_module(f"tutorial_examples.sockets.{FOLDER}.{name}")


def send_much_and_never_read(sock):
    sock.sendall(b"x" * 100_000)
    sock.close()


def stay_silent(sock):
    with sock:
        assert sock.recv(1024) == b""


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize("misbehave", [*MISBEHAVIOURS, send_much_and_never_read, stay_silent])
def test_the_server_outlives_its_clients(start, name, misbehave):
    server = start(name)
    misbehave(connect(server))
    with connect(server) as sock:
        sock.sendall(b"still there")
        assert sock.recv(1024) == b"STILL THERE"


def test_a_client_that_never_reads_its_megabytes_is_dropped_in_time(start):
    server = start(f"{FOLDER}/upper_server")
    with connect(server) as greedy:
        greedy.settimeout(60)
        with pytest.raises(ConnectionError):
            greedy.sendall(b"x" * 50_000_000)
        assert server.read_line().startswith("Connection from ")
        assert server.read_line() == "Nothing came for 1 s"
        assert server.read_line() == "Connection closed"


def test_a_reset_is_reported(start):
    server = start(f"{FOLDER}/upper_server")
    sock = connect(server)
    assert server.read_line().startswith("Connection from ")
    reset(sock)
    assert server.read_line().startswith("Broken off: ")
    assert server.read_line() == "Connection closed"


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
def test_ctrl_c_stops_a_server_amid_a_connection_and_its_port_is_free_at_once(start, name):
    server = start(name)
    with connect(server) as sock:
        sock.sendall(b"before")
        assert sock.recv(1024) == b"BEFORE"
        status, output = server.press_ctrl_c()
    assert status == 0
    assert "Traceback" not in output
    with connect(start(name, port=server.port)) as sock:
        sock.sendall(b"after")
        assert sock.recv(1024) == b"AFTER"


def test_the_deadline_ends_also_a_client_that_never_pauses(monkeypatch):
    serve = module("deadline_server").serve
    now = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    client, sock = socket.socketpair()
    with client, sock:
        client.sendall(b"abc")
        with pytest.raises(TimeoutError):
            serve(OneByteAtATime(sock), deadline=2.5)
        # Asked at 0, 1, 2 and 3: three bytes came in time.
        assert client.recv(1024) == b"ABC"


class OneByteAtATime:
    """A socket whose bytes come one by one."""

    def __init__(self, sock):
        self._sock = sock

    def __getattr__(self, name):
        return getattr(self._sock, name)

    def recv(self, _):
        return self._sock.recv(1)


def test_the_deadline_server_notices_the_end_of_the_stream():
    serve = module("deadline_server").serve
    client, sock = socket.socketpair()
    with client, sock:
        client.sendall(b"abc")
        client.shutdown(socket.SHUT_WR)
        serve(sock, time.monotonic() + 60)
        sock.close()
        assert client.recv(1024) == b"ABC"
        assert client.recv(1024) == b""


def test_the_client_puts_the_pieces_of_an_answer_together(start, listener):
    client = start(f"{FOLDER}/upper_client", port=listener.getsockname()[1])
    client.type("hello")
    sock, _ = listener.accept()
    with sock:
        assert sock.recv(1024) == b"hello"
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for letter in b"HELLO":
            sock.sendall(bytes([letter]))
        client.read_until("HELLO\n")
    assert client.finish()[0] == 0


def stay_connected(_):
    """Neither answer nor close."""


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (socket.socket.close, "Broken off: the stream ended before the answer did\n"),
        (reset, "Broken off: "),
        (stay_connected, "Waited 2 seconds in vain\n"),
    ],
    ids=["end of stream", "reset", "silence"],
)
def test_the_client_says_what_went_wrong_and_goes_on(start, listener, end, sentence):
    client = start(f"{FOLDER}/upper_client", port=listener.getsockname()[1])
    client.type("hello")
    sock, _ = listener.accept()
    with sock:
        assert sock.recv(1024) == b"hello"
        end(sock)
        client.read_until(sentence)
        client.read_until("Send: ")
    assert client.finish()[0] == 0


def test_the_client_says_that_nobody_listens(start, listener):
    client = start(f"{FOLDER}/upper_client", port=listener.getsockname()[1])
    listener.close()
    client.type("hello")
    client.read_until("Send: Nobody listens there\n")
    assert client.finish()[0] == 0


@pytest.mark.parametrize("name", ["upper_client", "retry_client"])
def test_ctrl_d_at_the_prompt_ends_a_client(start, name):
    assert start(f"{FOLDER}/{name}").finish() == (0, "Send: \n")


@pytest.fixture
def pauses(monkeypatch):
    """The pauses that a client has made, which take no time."""
    made = []
    monkeypatch.setattr(time, "sleep", made.append)
    return made


def test_the_retrying_client_gives_up_after_five_attempts(pauses, listener):
    address = listener.getsockname()
    listener.close()
    with pytest.raises(ConnectionRefusedError):
        module("retry_client").connect(address)
    assert pauses == [0.1, 0.2, 0.4, 0.8]


def test_the_retrying_client_finds_a_server_that_comes_late(monkeypatch, listener):
    address = listener.getsockname()
    listener.close()
    made = []
    with ExitStack() as servers:

        def pause(seconds):
            made.append(seconds)
            if len(made) == 3:
                servers.enter_context(socket.create_server(address))

        monkeypatch.setattr(time, "sleep", pause)
        with module("retry_client").connect(address) as sock:
            assert sock.getpeername() == address
            assert sock.gettimeout() == 2
    assert made == [0.1, 0.2, 0.4]


def test_the_retrying_client_tries_again_after_a_timeout(monkeypatch, pauses):
    attempts = iter([TimeoutError("timed out"), TimeoutError("timed out"), None])
    client, other_end = socket.socketpair()

    def create_connection(address, timeout):
        if error := next(attempts):
            raise error
        return client

    with client, other_end:
        monkeypatch.setattr(socket, "create_connection", create_connection)
        assert module("retry_client").connect(("127.0.0.1", 9999)) is client
    assert pauses == [0.1, 0.2]


def test_trouble_that_does_not_pass_is_not_tried_again(monkeypatch, pauses):
    def create_connection(address, timeout):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "create_connection", create_connection)
    with pytest.raises(socket.gaierror):
        module("retry_client").connect(("no-such-host", 9999))
    assert pauses == []


def test_the_retrying_client_sends_its_request_once(start, listener):
    client = start(f"{FOLDER}/retry_client", port=listener.getsockname()[1])
    client.type("hello")
    sock, _ = listener.accept()
    with sock:
        assert sock.recv(1024) == b"hello"
    assert client.finish() == (0, "Send: The server closed the connection\n")
    listener.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.accept()
