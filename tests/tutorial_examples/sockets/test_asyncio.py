"""The asyncio listings, where things go as the page does not show."""

import asyncio
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
    send_until_full,
)

ANSWERING_SERVERS = ["asyncio/upper_server", "asyncio/loop_server"]
TCP_SERVERS = [*ANSWERING_SERVERS, "asyncio/relay_server"]

on_windows = sys.platform == "win32"


def listing(name):
    return importlib.import_module(f"tutorial_examples.sockets.asyncio.{name}")


@pytest.mark.parametrize("name", ANSWERING_SERVERS)
def test_a_server_outlives_its_clients(start, name):
    server = start(name)
    for misbehave in MISBEHAVIOURS:
        misbehave(connect(server))
        assert exchange(server, b"still there\n") == b"STILL THERE\n"


@pytest.mark.parametrize("name", TCP_SERVERS)
@pytest.mark.skipif(on_windows, reason="a program cannot be sent Ctrl-C alone there")
def test_ctrl_c_stops_a_server_which_starts_again_at_once(start, name):
    server = start(name)
    with connect(server) as sock, connect(server) as other:
        assert server.read_line().startswith("Connection from ")
        assert server.read_line().startswith("Connection from ")
        sock.sendall(b"half a li")
        status, output = server.press_ctrl_c()
        # The server of pieces may have answered this one before Ctrl-C.
        assert receive_until_the_end(sock) in {b"", b"HALF A LI"}
        assert receive_until_the_end(other) == b""
    assert status == 0
    if name == "asyncio/loop_server":
        assert output == "\nStopped\n"
    else:
        assert output == "\nStopping\nConnection closed\nConnection closed\nStopped\n"
    again = start(name, port=server.port)
    connect(again).close()
    assert again.read_line().startswith("Connection from ")


@pytest.mark.skipif(on_windows, reason="a program cannot be sent Ctrl-C alone there")
def test_a_client_that_does_not_read_keeps_no_server_from_ending(start):
    server = start("asyncio/upper_server")
    with connect(server) as slow:
        send_until_full(slow, (b"x" * 499 + b"\n") * 100)
        assert exchange(server, b"quick\n") == b"QUICK\n"
        status, output = server.press_ctrl_c()
    assert status == 0
    assert output.endswith("Connection closed\nStopped\n")
    assert "Traceback" not in output


@pytest.mark.parametrize("name", ANSWERING_SERVERS)
def test_a_server_that_is_flooded_with_lines_answers_all(start, name):
    with connect(start(name)) as sock, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(receive_all, sock)
        sock.sendall(b"line\n" * 10_000)
        sock.shutdown(socket.SHUT_WR)
        assert answer.result() == b"LINE\n" * 10_000


def test_the_longest_line_is_answered_and_one_byte_more_is_not(start):
    server = start("asyncio/upper_server")
    assert exchange(server, b"x" * 1000 + b"\n") == b"X" * 1000 + b"\n"
    with connect(server) as sock:
        sock.sendall(b"x" * 1001 + b"\n")
        assert receive_until_the_end(sock) == b""


WHAT_IS_NO_LINE = [
    (b"tw", "EOFError('the stream ended after 2 bytes of a line')"),
    (b"\xff\n", "UnicodeDecodeError("),
    (b"x" * 2000, "ValueError('Separator is not found, and chunk exceed the limit')"),
]


@pytest.mark.parametrize(("sent", "report"), WHAT_IS_NO_LINE)
def test_what_is_no_line_is_reported_and_not_answered(start, sent, report):
    server = start("asyncio/upper_server")
    with connect(server) as sock:
        sock.sendall(b"one\n")
        assert sock.recv(4) == b"ONE\n"
        sock.sendall(sent)
        sock.shutdown(socket.SHUT_WR)
        assert receive_until_the_end(sock) == b""
    assert server.read_line().startswith("Connection from ")
    assert server.read_line().startswith(f"Broken off: {report}")
    assert server.read_line() == "Connection closed"


def test_single_bytes_become_lines(start):
    with connect(start("asyncio/upper_server")) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in "Straße\nzw".encode():
            sock.sendall(bytes([byte]))
        answer = b""
        while not answer.endswith(b"\n"):
            answer += sock.recv(1024)
        assert answer == b"STRASSE\n"


async def attend(name, sock):
    """Serve the client at the other end of a socket."""
    reader, writer = await asyncio.open_connection(sock=sock, limit=1000)
    await listing(name).attend(reader, writer)


@pytest.mark.parametrize(("sent", "report"), WHAT_IS_NO_LINE)
def test_the_goodbye_server_answers_lines_and_nothing_else(monkeypatch, capsys, pair, sent, report):
    left, right = pair
    monkeypatch.setattr(listing("goodbye_server"), "PATIENCE", 60)
    left.sendall("Straße\ntwo\n".encode() + sent)
    left.shutdown(socket.SHUT_WR)
    asyncio.run(attend("goodbye_server", right))
    assert receive_until_the_end(left) == b"STRASSE\nTWO\n"
    assert f"Broken off: {report}" in capsys.readouterr().out


@pytest.mark.parametrize("sent", [b"", b"half a li"])
def test_a_silent_client_is_given_up(monkeypatch, capsys, pair, sent):
    left, right = pair
    monkeypatch.setattr(listing("upper_server"), "PATIENCE", 0.01)
    left.sendall(sent)
    asyncio.run(attend("upper_server", right))
    assert receive_until_the_end(left) == b""
    assert "Broken off: TimeoutError" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["upper_server", "goodbye_server"])
def test_a_client_that_does_not_read_is_given_up(monkeypatch, capsys, pair, name):
    left, right = pair
    monkeypatch.setattr(listing(name), "PATIENCE", 1)
    with ThreadPoolExecutor(1) as pool:
        served = pool.submit(asyncio.run, attend(name, right))
        with pytest.raises(ConnectionError):
            left.sendall((b"x" * 999 + b"\n") * 20_000)
        served.result()
    assert "Broken off: TimeoutError" in capsys.readouterr().out


def test_whoever_is_silent_is_told_goodbye(start):
    with connect(start("asyncio/goodbye_server")) as sock:
        sock.sendall(b"one\nhalf a li")
        assert receive_until_the_end(sock) == b"ONE\nGOODBYE\n"


def test_the_loop_server_reports_a_reset(start):
    server = start("asyncio/loop_server")
    sock = connect(server)
    assert server.read_line().startswith("Connection from ")
    reset(sock)
    assert server.read_line().startswith("Broken off: ")
    assert server.read_line() == "Connection closed"


def test_a_reader_who_is_slow_delays_nobody_on_the_loop_server(start):
    server = start("asyncio/loop_server")
    with connect(server) as slow:
        send_until_full(slow, b"x" * 65536)
        assert exchange(server, b"quick") == b"QUICK"


def join(server, count):
    """So many clients, all of whom the server has seen."""
    clients = [connect(server) for _ in range(count)]
    for _ in clients:
        assert server.read_line().startswith("Connection from ")
    return clients


def test_a_line_goes_to_all_others_as_it_is_and_half_a_line_to_nobody(start):
    server = start("asyncio/relay_server")
    ann, bob, eve = join(server, 3)
    with ann, bob, eve:
        ann.sendall(b"\xff\x00 hello\nhalf a li")
        assert bob.recv(1024) == eve.recv(1024) == b"\xff\x00 hello\n"
        ann.shutdown(socket.SHUT_WR)
        assert receive_until_the_end(ann) == b""
        bob.sendall(b"bye\n")
        assert eve.recv(1024) == b"bye\n"


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
def test_the_relay_outlives_its_clients(start, misbehave):
    server = start("asyncio/relay_server")
    ann, bob = join(server, 2)
    with ann, bob:
        misbehave(connect(server))
        assert server.read_line().startswith("Connection from ")
        while server.read_line() != "Connection closed":
            pass
        ann.sendall(b"still there\n")
        while (line := bob.recv(1024)) == b"\xff\xfe\x00\n":
            pass
        assert line == b"still there\n"


def test_whoever_does_not_read_is_disconnected_and_the_others_get_all(start):
    server = start("asyncio/relay_server")
    ann, bob, eve = join(server, 3)
    line = b"x" * 999 + b"\n"
    with ann, bob, eve, ThreadPoolExecutor(1) as pool:
        received = 0
        done = pool.submit(server.read_line)
        while not done.done():
            ann.sendall(line * 100)
            while received % len(line * 100) or not received:
                received += len(bob.recv(65536))
            received = 0
        assert done.result() == "Connection closed"
        assert receive_until_the_end(eve).startswith(line)
        ann.sendall(b"still there\n")
        assert bob.recv(1024) == b"still there\n"


def test_many_clients_count_their_answers(start):
    server = start("asyncio/upper_server")
    clients = start("asyncio/many_clients", port=server.port)
    assert clients.finish() == (0, "100 of 100 answers are right\n")


def test_many_clients_notice_missing_answers(start, listener):
    clients = start("asyncio/many_clients", port=listener.getsockname()[1])
    for _ in range(100):
        sock, _ = listener.accept()
        with sock:
            sock.recv(1024)
    assert clients.finish() == (0, "0 of 100 answers are right\n")


@pytest.mark.parametrize("data", [b"hello", b"\xff\x00", b"x" * 9216])
def test_each_datagram_is_answered(start, data):
    server = start("asyncio/udp_server")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(60)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
            gone.sendto(b"gone", ("127.0.0.1", server.port))
            gone.sendto(b"", ("127.0.0.1", server.port))
        sock.sendto(data, ("127.0.0.1", server.port))
        assert sock.recv(65535) == data.upper()


def test_an_error_of_the_udp_socket_is_reported(capsys):
    listing("udp_server").UpperProtocol().error_received(OSError(40, "Message too long"))
    assert capsys.readouterr().out == "Not answered: [Errno 40] Message too long\n"


@pytest.mark.skipif(on_windows, reason="a program cannot be sent Ctrl-C alone there")
def test_ctrl_c_stops_the_udp_server(start):
    assert start("asyncio/udp_server").press_ctrl_c() == (0, "\nStopped\n")
