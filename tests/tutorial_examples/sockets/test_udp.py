"""The UDP listings, where things go as the page does not show."""

import importlib
import socket
import sys

import pytest

SERVERS = ["udp/upper_server", "udp/whole_server", "udp/text_server", "udp/moved_server"]
SENDS_ALL_BACK = ["udp/whole_server", "udp/text_server"]

on_windows = sys.platform == "win32"
# macOS sends no more unless it is told to.
LONGEST_DATAGRAM = 9216 if sys.platform == "darwin" else 65507


@pytest.fixture
def start_server(start):
    def start_one(name):
        return start(name, "localhost", "0") if name == "udp/moved_server" else start(name)

    return start_one


@pytest.fixture
def new_socket():
    opened = []

    def open_one():
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        opened.append(sock)
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(60)
        return sock

    yield open_one
    for sock in opened:
        sock.close()


def ask(sock, server, data):
    sock.sendto(data, ("127.0.0.1", server.port))
    return sock.recv(65535)


@pytest.mark.parametrize("name", SERVERS)
def test_an_empty_datagram_is_answered_by_an_empty_one(start_server, new_socket, name):
    server = start_server(name)
    assert ask(new_socket(), server, b"") == b""


@pytest.mark.parametrize("name", SENDS_ALL_BACK)
def test_the_longest_datagram_comes_back_whole(start_server, new_socket, name):
    server = start_server(name)
    assert ask(new_socket(), server, b"x" * LONGEST_DATAGRAM) == b"X" * LONGEST_DATAGRAM


@pytest.mark.skipif(on_windows, reason="Windows raises an OSError where others truncate")
@pytest.mark.parametrize("name", ["udp/upper_server", "udp/moved_server"])
def test_a_server_goes_on_after_a_datagram_that_it_truncated(start_server, new_socket, name):
    server, sock = start_server(name), new_socket()
    assert ask(sock, server, b"x" * LONGEST_DATAGRAM) == b"X" * 1024
    assert ask(sock, server, b"y") == b"Y"


@pytest.mark.parametrize("name", SERVERS)
def test_a_client_that_is_gone_before_the_answer_does_no_harm(start_server, new_socket, name):
    if on_windows and name not in SENDS_ALL_BACK:
        pytest.skip("Windows tells the server of it, which this one does not expect")
    server = start_server(name)
    for _ in range(20):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hasty:
            hasty.sendto(b"gone", ("127.0.0.1", server.port))
    assert ask(new_socket(), server, b"still there") == b"STILL THERE"


@pytest.mark.parametrize("name", SERVERS)
def test_bytes_that_are_no_text_do_no_harm(start_server, new_socket, name):
    server, sock = start_server(name), new_socket()
    sock.sendto(b"\xff\xfe\x00", ("127.0.0.1", server.port))
    if name != "udp/text_server":
        assert sock.recv(1024) == b"\xff\xfe\x00"
    assert ask(sock, server, b"still there") == b"STILL THERE"


def test_text_may_grow_when_it_becomes_upper_case(start_server, new_socket):
    server = start_server("udp/text_server")
    assert ask(new_socket(), server, "fünf Füße".encode()).decode() == "FÜNF FÜSSE"


def test_an_answer_longer_than_any_datagram_does_no_harm(start_server, new_socket):
    # Two bytes of UTF-8 become three: ɐ turns into Ɐ.
    server, sock = start_server("udp/text_server"), new_socket()
    sock.sendto("ɐ".encode() * (LONGEST_DATAGRAM // 2), ("127.0.0.1", server.port))
    assert ask(sock, server, b"still there") == b"STILL THERE"


@pytest.mark.parametrize("name", SERVERS)
def test_each_client_gets_its_own_answers(start_server, new_socket, name):
    server = start_server(name)
    clients = [new_socket() for _ in range(20)]
    for number, sock in enumerate(clients):
        sock.sendto(b"from client %d" % number, ("127.0.0.1", server.port))
    for number, sock in enumerate(clients):
        assert sock.recv(1024) == b"FROM CLIENT %d" % number


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt recvfrom there")
def test_ctrl_c_stops_a_server_without_a_traceback(start_server, name):
    status, output = start_server(name).press_ctrl_c()
    assert (status, output) == (0, "\nStopped\n")


def test_errors_of_other_systems_do_not_end_the_server(monkeypatch, capsys):
    class FakeSocket:
        """A reset, a datagram that cannot be answered, one that can, then Ctrl-C."""

        def __init__(self, family, kind):
            self.events = [
                ConnectionResetError(10054, "reset"),
                (b"too long", "client"),
                (b"hello", "client"),
            ]

        def __enter__(self):
            return self

        def __exit__(self, *exception):
            pass

        def bind(self, address):
            self.address = address

        def getsockname(self):
            return self.address

        def recvfrom(self, size):
            event = self.events.pop(0) if self.events else KeyboardInterrupt()
            if isinstance(event, BaseException):
                raise event
            return event

        def sendto(self, data, address):
            if data == b"TOO LONG":
                raise OSError(40, "Message too long")
            print(f"{data} to {address}")

    whole_server = importlib.import_module("tutorial_examples.sockets.udp.whole_server")
    monkeypatch.setattr(whole_server.socket, "socket", FakeSocket)
    with pytest.raises(KeyboardInterrupt):
        whole_server.main()
    assert capsys.readouterr().out.splitlines()[1:] == [
        "Not answered: [Errno 10054] reset",
        "Not answered: [Errno 40] Message too long",
        "b'HELLO' to client",
        "5 bytes from client",
    ]


def test_a_late_answer_is_taken_for_the_answer_to_the_next_question(start, new_socket):
    slow_server = new_socket()
    client = start("udp/timeout_client", port=slow_server.getsockname()[1])
    client.type("first")
    _, address = slow_server.recvfrom(1024)
    client.read_until("No answer in half a second\n")
    slow_server.sendto(b"FIRST", address)
    client.type("second")
    assert client.read_until("\n") == "Send: FIRST\n"


def test_an_unconnected_client_believes_anybody(start, new_socket):
    server, stranger = new_socket(), new_socket()
    client = start("udp/upper_client", port=server.getsockname()[1])
    client.type("hello")
    _, address = server.recvfrom(1024)
    stranger.sendto(b"from a stranger", address)
    assert client.read_line() == "Send: from a stranger"


def test_a_connected_client_believes_only_its_server(start, new_socket):
    server, stranger = new_socket(), new_socket()
    client = start("udp/connected_client", port=server.getsockname()[1])
    client.type("hello")
    _, address = server.recvfrom(1024)
    stranger.sendto(b"from a stranger", address)
    server.sendto(b"from the server", address)
    assert client.read_line() == "Send: from the server"


@pytest.mark.parametrize("name", ["upper_client", "timeout_client", "connected_client"])
@pytest.mark.parametrize("last_line", ["", None], ids=["empty line", "Ctrl-D"])
def test_an_empty_line_and_ctrl_d_end_a_client(start, new_socket, name, last_line):
    client = start(f"udp/{name}", port=new_socket().getsockname()[1])
    if last_line is not None:
        client.type(last_line)
    status, output = client.finish()
    assert status == 0
    assert output.rstrip("\n") == "Send: "
