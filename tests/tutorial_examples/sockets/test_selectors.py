"""The listings on selectors, where things go as the page does not show."""

import importlib
import selectors
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

from tutorial_examples.sockets.selectors import first_to_answer

SERVERS = ["selectors/hasty_server", "selectors/upper_server", "selectors/limited_server"]
PATIENT_SERVERS = SERVERS[1:]
MUCH = 20_000_000

on_windows = sys.platform == "win32"


@pytest.fixture
def upper_server():
    return importlib.import_module("tutorial_examples.sockets.selectors.upper_server")


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_outlives_its_clients(start, name):
    server = start(name)
    for misbehave in MISBEHAVIOURS:
        misbehave(connect(server))
        assert exchange(server, b"still there") == b"STILL THERE"


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt select there")
def test_ctrl_c_stops_a_server_which_starts_again_at_once(start, name):
    server = start(name)
    with connect(server) as sock:
        sock.sendall(b"before")
        assert sock.recv(1024) == b"BEFORE"
        status, output = server.press_ctrl_c()
        assert receive_until_the_end(sock) == b""
    assert status == 0
    assert "Traceback" not in output
    assert output.endswith("\nStopped\n")
    assert exchange(start(name, port=server.port), b"after") == b"AFTER"


@pytest.mark.parametrize("name", SERVERS)
def test_one_byte_at_a_time_is_answered_all_the_same(start, name):
    with connect(start(name)) as sock:
        for letter in b"slowly":
            sock.sendall(bytes([letter]))
            assert sock.recv(1024) == bytes([letter]).upper()


@pytest.mark.parametrize("name", PATIENT_SERVERS)
def test_a_client_that_reads_late_gets_all_and_delays_nobody(start, name):
    server = start(name)
    with connect(server) as slow, ThreadPoolExecutor(1) as pool:
        sent = pool.submit(slow.sendall, b"x" * MUCH)
        assert slow.recv(1) == b"X"
        assert exchange(server, b"quick") == b"QUICK"
        received = 1
        while received < MUCH:
            received += len(slow.recv(1_000_000))
        sent.result()


@pytest.mark.parametrize("name", PATIENT_SERVERS)
def test_a_client_that_half_closes_gets_the_rest_of_its_answers(start, name):
    with connect(start(name)) as sock, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(receive_all, sock)
        sock.sendall(b"x" * 3_000_000)
        sock.shutdown(socket.SHUT_WR)
        assert answer.result() == b"X" * 3_000_000


def test_the_hasty_server_drops_whoever_reads_late_and_nobody_else(start):
    server = start("selectors/hasty_server")
    with connect(server) as slow, connect(server) as other:
        with pytest.raises(ConnectionError):
            slow.sendall(b"x" * MUCH)
        other.sendall(b"other")
        assert other.recv(1024) == b"OTHER"


def test_all_of_200_clients_at_once_are_served(start):
    server = start("selectors/upper_server")
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda number: exchange(server, b"n%d" % number), range(200)))
    assert answers == [b"N%d" % number for number in range(200)]


def test_a_reset_is_reported(start):
    server = start("selectors/upper_server")
    sock = connect(server)
    assert server.read_line().startswith("Connection from ")
    reset(sock)
    assert server.read_line().startswith("Broken off: ")
    assert server.read_line() == "Connection closed"


def test_what_a_connection_waits_for(upper_server, pair):
    left, right = pair
    connection = upper_server.Connection(right)
    assert connection.wanted() == selectors.EVENT_READ
    left.sendall(b"hello")
    connection.receive()
    assert connection.wanted() == selectors.EVENT_READ | selectors.EVENT_WRITE
    connection.output += b"x" * upper_server.ENOUGH
    assert connection.wanted() == selectors.EVENT_WRITE
    while len(connection.output) >= upper_server.ENOUGH:
        connection.send()
        left.recv(1_000_000)
    left.shutdown(socket.SHUT_WR)
    connection.receive()
    assert connection.wanted() == selectors.EVENT_WRITE
    while connection.output:
        connection.send()
        left.recv(1_000_000)
    assert connection.wanted() == 0


def test_false_alarms_change_nothing(upper_server, pair, listener):
    _, right = pair
    listener.setblocking(False)
    with selectors.DefaultSelector() as selector:
        upper_server.accept(selector, listener)
        assert not selector.get_map()
        connection = upper_server.Connection(right)
        selector.register(right, selectors.EVENT_READ, data=connection)
        upper_server.attend(selector, connection, selectors.EVENT_READ)
        assert selector.get_key(right).data is connection


def test_a_third_client_waits_until_one_of_two_has_left(start):
    server = start("selectors/limited_server")
    with connect(server) as first, connect(server) as second, connect(server) as third:
        third.sendall(b"c")
        for sock in [first, second, first, second]:
            sock.sendall(b"a")
            assert sock.recv(1024) == b"A"
        third.setblocking(False)
        with pytest.raises(BlockingIOError):
            third.recv(1024)
        third.settimeout(60)
        second.close()
        assert third.recv(1024) == b"C"
        first.sendall(b"d")
        assert first.recv(1024) == b"D"


def test_the_asking_server_ends_with_its_input(start):
    server = start("selectors/asking_server")
    with connect(server) as sock:
        sock.sendall(b"hello")
        server.read_until("Press Enter to answer b'hello': ")
        server.type("")
        assert sock.recv(1024) == b"HELLO"
        sock.sendall(b"again")
        server.read_until("Press Enter to answer b'again': ")
        status, output = server.finish()
    assert (status, output) == (0, "\nStopped\n")


def test_the_slow_client_says_when_the_server_has_gone(start, listener):
    client = start("selectors/slow_client", port=listener.getsockname()[1])
    sock, _ = listener.accept()
    assert client.read_line() == "No more room"
    sock.close()
    client.type("")
    status, output = client.finish()
    assert status == 0
    assert output.startswith("Press Enter to read: Broken off: ")


def test_the_slow_client_counts_what_is_missing(start, listener):
    client = start("selectors/slow_client", port=listener.getsockname()[1])
    sock, _ = listener.accept()
    with sock, ThreadPoolExecutor(1) as pool:
        assert client.read_line() == "No more room"
        pool.submit(receive_until_the_end, sock)
        sock.sendall(b"x" * 1000)
        sock.shutdown(socket.SHUT_WR)
        client.type("")
        line = client.read_line()
    missing = int(line.removeprefix("Press Enter to read: ").removesuffix(" bytes are missing"))
    assert missing > 0


def test_without_an_address_there_is_no_connection():
    with pytest.raises(OSError, match=r"address"):
        first_to_answer.connect_to_first([], patience=10)


def test_the_first_to_answer_is_taken_and_the_others_are_left_alone(listener):
    with socket.create_server(("127.0.0.1", 0)) as other:
        servers = [listener.getsockname(), other.getsockname()]
        with first_to_answer.connect_to_first(servers, patience=60) as sock:
            taken, left = (
                (listener, other) if sock.getpeername() == servers[0] else (other, listener)
            )
            with taken.accept()[0] as accepted:
                sock.sendall(b"hello")
                assert accepted.recv(1024) == b"hello"
            left.settimeout(60)
            with left.accept()[0] as abandoned:
                assert receive_all(abandoned) == b""


def test_an_address_that_is_none_leaves_nothing_open(listener):
    with pytest.raises(OverflowError):
        first_to_answer.connect_to_first([listener.getsockname(), ("127.0.0.1", 70000)], 10)
    with listener.accept()[0] as abandoned:
        assert receive_all(abandoned) == b""
