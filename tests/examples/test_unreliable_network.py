"""The unreliable network: what it decides, what it does to sockets, and how it is started."""

import importlib
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from idle_programs import wait_until_idle

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "examples" / "unreliable_network"
sys.path += [str(FOLDER), str(PROJECT / "tests" / "tutorial_examples" / "sockets")]

faults = importlib.import_module("faults")
running = importlib.import_module("running")
tcp_proxy = importlib.import_module("tcp_proxy")
udp_proxy = importlib.import_module("udp_proxy")
asking_client = importlib.import_module("asking_client")
sum_server = importlib.import_module("sum_server")
peers = importlib.import_module("hostile_peers")

DatagramFaults = faults.DatagramFaults
StreamFaults = faults.StreamFaults
Direction = faults.Direction

on_windows = sys.platform == "win32"


def datagram_line(reports=None, name="client 1 to server", **wanted):
    report = (lambda _: None) if reports is None else reports.append
    return faults.DatagramLine(DatagramFaults(**wanted), name, report)


def stream_line(reports=None, **wanted):
    report = (lambda _: None) if reports is None else reports.append
    return faults.StreamLine(StreamFaults(**wanted), "client 1 to server", report)


def numbered(count):
    return [b"%d" % number for number in range(count)]


def fates(line, count=200):
    return [line.take(datagram) for datagram in numbered(count)]


def test_without_faults_every_datagram_goes_on_once():
    assert fates(datagram_line(), 3) == [[b"0"], [b"1"], [b"2"]]


def test_a_probability_of_one_is_certainty():
    assert fates(datagram_line(loss=1), 3) == [[], [], []]
    assert fates(datagram_line(duplication=1), 2) == [[b"0", b"0"], [b"1", b"1"]]
    assert fates(datagram_line(reordering=1), 4) == [[], [b"1", b"0"], [], [b"3", b"2"]]


def test_an_empty_datagram_is_one_too():
    assert datagram_line(duplication=1).take(b"") == [b"", b""]


def test_a_held_datagram_waits_for_one_that_is_not_lost_and_can_be_released():
    line = datagram_line(reordering=1)
    assert line.take(b"first") == []
    assert line.holds
    assert line.release() == [b"first"]
    assert not line.holds
    assert line.release() == []


def test_nothing_vanishes_or_appears_but_by_loss_and_duplication():
    line = datagram_line(reordering=0.5, seed=7)
    passed = [datagram for fate in fates(line) for datagram in fate] + line.release()
    assert passed != numbered(200)
    assert sorted(passed) == sorted(numbered(200))


@pytest.mark.parametrize("seed", range(3))
def test_the_share_of_lost_datagrams_is_about_the_probability(seed):
    lost = fates(datagram_line(loss=0.3, seed=seed), 1000).count([])
    assert 230 < lost < 370


def test_a_seed_decides_everything():
    wanted = {"loss": 0.3, "duplication": 0.3, "reordering": 0.3}
    assert fates(datagram_line(**wanted, seed=1)) == fates(datagram_line(**wanted, seed=1))
    assert fates(datagram_line(**wanted, seed=1)) != fates(datagram_line(**wanted, seed=2))
    other = datagram_line(name="server to client 1", **wanted, seed=1)
    assert fates(other) != fates(datagram_line(**wanted, seed=1))


def test_another_fault_does_not_change_which_datagrams_are_lost():
    alone = fates(datagram_line(loss=0.3, seed=5))
    doubled = fates(datagram_line(loss=0.3, duplication=0.5, seed=5))
    assert [bool(fate) for fate in alone] == [bool(fate) for fate in doubled]


def test_each_thing_done_to_a_datagram_is_reported_in_a_line():
    reports = []
    line = datagram_line(reports, reordering=1, delay=0.25)
    line.take(b"one")
    line.take(b"x" * 21)
    datagram_line(reports, loss=1).take(b"two")
    datagram_line(reports, duplication=1).take(b"three")
    assert reports == [
        "client 1 to server: held back b'one'",
        f"client 1 to server: forwarded after 0.25 s b'{'x' * 20}' and so on, 21 bytes",
        "client 1 to server: forwarded late after 0.25 s b'one'",
        "client 1 to server: lost b'two'",
        "client 1 to server: forwarded twice b'three'",
    ]


def test_a_stream_goes_on_as_it_comes_or_byte_by_byte():
    assert list(stream_line().take(b"Hello")) == [b"Hello"]
    line = stream_line(one_byte_at_a_time=True)
    assert list(line.take(b"Hi")) == [b"H", b"i"]
    assert list(line.take(b"!")) == [b"!"]


@pytest.mark.parametrize(
    ("wanted", "end", "sentence"),
    [
        ({"stall_after": 5}, "STALL", "the connection stalls after 5 bytes"),
        ({"reset_after": 5}, "RESET", "the connection is reset after 5 bytes"),
        ({"close_after": 5, "reset_after": 6}, "CLOSE", "the connection is closed after 5 bytes"),
    ],
)
@pytest.mark.parametrize("pieces", [[b"abcdefg"], [b"ab", b"cde"], [b"abc", b"defg", b"h"]])
def test_a_connection_is_spoiled_at_a_byte_however_the_pieces_come(wanted, end, sentence, pieces):
    reports = []
    line = stream_line(reports, **wanted)
    assert b"".join(part for piece in pieces for part in line.take(piece)) == b"abcde"
    assert line.end is faults.End[end]
    assert reports[-1] == f"client 1 to server: {sentence}"


def test_a_connection_can_be_spoiled_before_its_first_byte():
    line = stream_line(reset_after=0)
    assert line.end is faults.End.RESET
    assert list(line.take(b"x")) == []


def affected(wanted, direction=Direction.TO_SERVER):
    return [wanted.of_connection(n, direction) == wanted for n in range(1, 401)]


def test_which_connections_are_affected_is_decided_by_the_seed():
    half = StreamFaults(close_after=1, affected=0.5, seed=1)
    assert 150 < sum(affected(half)) < 250
    assert affected(half) == affected(half, Direction.TO_CLIENT)
    assert affected(half) != affected(StreamFaults(close_after=1, affected=0.5, seed=2))
    assert not any(affected(StreamFaults(close_after=1, affected=0.0)))
    assert all(affected(StreamFaults(close_after=1)))


def test_one_direction_may_be_spared():
    wanted = StreamFaults(close_after=1, direction=Direction.TO_CLIENT)
    assert not any(affected(wanted))
    assert all(affected(wanted, Direction.TO_CLIENT))


@pytest.fixture
def udp_server():
    """The port of a UDP server in the background that answers in upper case."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(60)

        def serve():
            while True:
                data, address = sock.recvfrom(65535)
                if data == b"stop":
                    return
                sock.sendto(data.upper(), address)

        thread = threading.Thread(target=serve)
        thread.start()
        yield sock.getsockname()[1]
        with udp_client(sock.getsockname()[1]) as client:
            client.send(b"stop")
        thread.join()


@contextmanager
def udp_client(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(60)
        sock.connect(("127.0.0.1", port))
        yield sock


def udp_network(server_port, reports=None, **wanted):
    report = (lambda _: None) if reports is None else reports.append
    return running.in_background(udp_proxy.serve_udp, server_port, DatagramFaults(**wanted), report)


def test_datagrams_of_any_size_pass_and_answers_find_their_clients(udp_server):
    with (
        udp_network(udp_server) as port,
        udp_client(port) as first,
        udp_client(port) as second,
    ):
        first.send(b"first")
        second.send(b"second")
        assert second.recv(1024) == b"SECOND"
        assert first.recv(1024) == b"FIRST"
        for size in (0, 1, 60_000):
            first.send(b"x" * size)
            assert first.recv(65535) == b"X" * size


def test_a_datagram_that_nobody_overtakes_arrives_all_the_same(udp_server):
    reports = []
    with udp_network(udp_server, reports, reordering=1) as port, udp_client(port) as client:
        client.send(b"alone")
        assert client.recv(1024) == b"ALONE"
    assert reports == [
        "client 1 to server: held back b'alone'",
        "client 1 to server: forwarded late b'alone'",
        "server to client 1: held back b'ALONE'",
        "server to client 1: forwarded late b'ALONE'",
    ]


def test_lost_datagrams_do_not_arrive_and_doubled_ones_do_so_twice(udp_server):
    with udp_network(udp_server, loss=1) as port, udp_client(port) as client:
        client.send(b"one")
        client.settimeout(0.1)
        with pytest.raises(TimeoutError):
            client.recv(1024)
    with udp_network(udp_server, duplication=1, delay=0.01) as port, udp_client(port) as client:
        client.send(b"one")
        assert [client.recv(1024) for _ in range(4)] == [b"ONE"] * 4


def closed_port(kind):
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@pytest.mark.skipif(on_windows, reason="the system says it in other words there")
def test_the_network_outlives_a_server_that_is_not_there():
    reports = []
    said = threading.Event()

    def report(line):
        reports.append(line)
        if line.endswith("refused"):
            said.set()

    port_of_nobody = closed_port(socket.SOCK_DGRAM)
    with (
        running.in_background(
            udp_proxy.serve_udp, port_of_nobody, DatagramFaults(), report
        ) as port,
        udp_client(port) as client,
    ):
        client.send(b"one")
        assert said.wait(60)
    assert reports == [
        "client 1 to server: forwarded b'one'",
        "server to client 1: [Errno 111] Connection refused",
    ]


def test_clients_come_and_go_by_the_hundred(udp_server, monkeypatch):
    monkeypatch.setattr(udp_proxy, "MOST_CLIENTS", 10)
    with udp_network(udp_server) as port:
        for number in range(100):
            with udp_client(port) as client:
                client.send(b"n%d" % number)
                assert client.recv(1024) == b"N%d" % number
                client.send(b"gone before the answer")


def test_asking_again_holds_whatever_the_network_does(udp_server, monkeypatch):
    monkeypatch.setattr(asking_client, "PATIENCE", 0.02)
    monkeypatch.setattr(asking_client, "ATTEMPTS", 200)
    wanted = {"loss": 0.4, "duplication": 0.4, "reordering": 0.2, "seed": 3}
    with udp_network(udp_server, **wanted) as port, udp_client(port) as client:
        answers = [asking_client.ask(client, n, b"n%d" % n) for n in range(1, 21)]
    assert answers == [b"N%d" % n for n in range(1, 21)]


def test_asking_comes_to_an_end(udp_server, monkeypatch):
    monkeypatch.setattr(asking_client, "PATIENCE", 0.01)
    with (
        udp_network(udp_server, loss=1) as port,
        udp_client(port) as client,
        pytest.raises(TimeoutError, match="no answer to 10 questions"),
    ):
        asking_client.ask(client, 1, b"one")


def test_a_sum_server_adds_each_request_once():
    sums = sum_server.Sums()
    one, other = ("127.0.0.1", 1), ("127.0.0.1", 2)
    assert sums.answer(b"1 5", one) == b"1 5"
    assert sums.answer(b"1 5", one) == b"1 5"
    assert sums.answer(b"2 -7", one) == b"2 -2"
    assert sums.answer(b"1 3", other) == b"1 3"
    for request in (b"", b"3", b"3 ", b"3 x", b"\xff\xff", b"3 1e5", b"3 " + b"9" * 5000):
        with pytest.raises(ValueError):  # noqa: PT011 - the messages are int's own
            sums.answer(request, one)
    assert sums.answer(b"4 1", one) == b"4 -1"


def test_a_sum_server_forgets_the_oldest_client(monkeypatch):
    monkeypatch.setattr(sum_server, "MOST_CLIENTS", 2)
    sums = sum_server.Sums()
    for number in range(100):
        sums.answer(b"1 5", ("127.0.0.1", number))
    assert len(sums._sums) == len(sums._last) <= 3


@pytest.fixture
def listener():
    """A listening socket on which a test plays the server."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        listener.settimeout(60)
        yield listener


@contextmanager
def tcp_network(listener, reports=None, **wanted):
    """A client's socket and the server's, with a bad network between them."""
    with many_connections(listener, reports, **wanted) as connect:
        client = connect()
        sock, _ = listener.accept()
        sock.settimeout(60)
        with client, sock:
            yield client, sock


@contextmanager
def many_connections(listener, reports=None, **wanted):
    """A function that connects through a bad network."""
    report = (lambda _: None) if reports is None else reports.append
    server_port = listener.getsockname()[1]
    with running.in_background(
        tcp_proxy.serve_tcp, server_port, StreamFaults(**wanted), report
    ) as port:
        yield lambda: socket.create_connection(("127.0.0.1", port), timeout=60)


@pytest.mark.parametrize(
    "wanted", [{}, {"coalescing": 0.05}, {"delay": 0.001}], ids=["no fault", "coalescing", "delay"]
)
def test_a_megabyte_passes_whole_in_both_directions_at_once(listener, wanted):
    request, answer = bytes(range(256)) * 4096, bytes(range(255, -1, -1)) * 4096
    with tcp_network(listener, **wanted) as (client, sock), ThreadPoolExecutor(4) as pool:

        def send(sender, data):
            sender.sendall(data)
            sender.shutdown(socket.SHUT_WR)

        sending = [pool.submit(send, client, request), pool.submit(send, sock, answer)]
        received = [pool.submit(peers.receive_all, one) for one in (client, sock)]
        assert [future.result() for future in received] == [answer, request]
        assert [future.result() for future in sending] == [None, None]


def test_an_end_of_stream_ends_one_direction_only(listener):
    reports = []
    with tcp_network(listener, reports) as (client, sock):
        client.shutdown(socket.SHUT_WR)
        assert sock.recv(1024) == b""
        sock.sendall(b"still talking")
        assert client.recv(1024) == b"still talking"
        sock.close()
        assert client.recv(1024) == b""
    assert reports == [
        "client 1: connected",
        "client 1 to server: end of stream",
        "server to client 1: forwarded b'still talking'",
        "server to client 1: end of stream",
    ]


def test_single_bytes_arrive_singly(listener):
    """The gap is so long that only a reader that sleeps for seconds would see two at once."""
    with tcp_network(listener, one_byte_at_a_time=True, gap=2) as (client, sock):
        client.sendall(b"Hi")
        assert sock.recv(1024) == b"H"
        assert sock.recv(1024) == b"i"


def test_what_comes_within_the_silence_is_one_piece(listener):
    with tcp_network(listener, coalescing=1) as (client, sock):
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in (b"one\n", b"two\n", b"three\n"):
            client.sendall(piece)
        assert sock.recv(1024) == b"one\ntwo\nthree\n"
        client.sendall(b"and the end")
        client.close()
        assert peers.receive_all(sock) == b"and the end"


def test_a_stalled_connection_stays_silent_even_at_its_end(listener):
    wanted = {"stall_after": 3, "direction": Direction.TO_CLIENT}
    with tcp_network(listener, **wanted) as (client, sock):
        client.sendall(b"request")
        assert sock.recv(1024) == b"request"
        sock.sendall(b"reply")
        sock.close()
        assert client.recv(1024) == b"rep"
        client.settimeout(0.2)
        with pytest.raises(TimeoutError):
            client.recv(1024)


def test_a_stalled_connection_ends_for_the_server_when_the_client_gives_up(listener):
    with tcp_network(listener, stall_after=0, direction=Direction.TO_CLIENT) as (client, sock):
        client.close()
        assert sock.recv(1024) == b""


def test_a_reset_reaches_both(listener):
    with tcp_network(listener, reset_after=3, direction=Direction.TO_CLIENT) as (client, sock):
        sock.sendall(b"reply")
        assert client.recv(3) == b"rep"
        for end in (client, sock):
            with pytest.raises(ConnectionResetError):
                end.recv(1024)


def test_a_close_is_an_end_of_stream_for_both(listener):
    with tcp_network(listener, close_after=3, direction=Direction.TO_CLIENT) as (client, sock):
        sock.sendall(b"reply")
        assert peers.receive_all(client) == b"rep"
        assert sock.recv(1024) == b""


@pytest.mark.parametrize("by_client", [True, False], ids=["client", "server"])
def test_a_reset_by_one_is_passed_on_to_the_other(listener, by_client):
    with tcp_network(listener) as ends:
        rude, other = ends if by_client else reversed(ends)
        rude.sendall(b"x")
        assert other.recv(1024) == b"x"
        peers.reset(rude)
        with pytest.raises(ConnectionResetError):
            other.recv(1024)


def test_a_connection_to_nobody_is_reset():
    reports = []
    with (
        socket.create_server(("127.0.0.1", 0)) as nobody,
        many_connections(nobody, reports) as connect,
    ):
        port = nobody.getsockname()[1]
        nobody.close()
        # It may come while `connect` still sees to its socket.
        with pytest.raises(ConnectionResetError), connect() as client:
            client.recv(1024)
    assert reports == ["client 1: connected", f"client 1: nobody listens at port {port}"]


def test_200_connections_at_once_and_hostile_ones_among_them(listener):
    def serve():
        for _ in range(200 + len(peers.MISBEHAVIOURS)):
            sock, _ = listener.accept()
            answering.submit(answer, sock)

    def answer(sock):
        with sock, suppress(ConnectionError):
            sock.settimeout(60)
            while data := sock.recv(65536):
                sock.sendall(data.upper())

    def ask(connect, number):
        with connect() as client:
            client.sendall(b"n%d" % number)
            client.shutdown(socket.SHUT_WR)
            return peers.receive_all(client)

    with (
        many_connections(listener, one_byte_at_a_time=True, gap=0, affected=0.5) as connect,
        ThreadPoolExecutor(250) as answering,
        ThreadPoolExecutor(50) as pool,
    ):
        server = answering.submit(serve)
        hostile = [
            pool.submit(lambda misbehave: misbehave(connect()), misbehave)
            for misbehave in peers.MISBEHAVIOURS
            if misbehave is not peers.send_a_megabyte_without_a_newline
        ]
        hostile.append(pool.submit(lambda: connect().close()))
        answers = list(pool.map(lambda number: ask(connect, number), range(200)))
        assert answers == [b"N%d" % number for number in range(200)]
        for future in (server, *hostile):
            future.result()


def test_what_fails_at_the_start_is_raised_in_the_test(listener):
    async def serve(*_):
        raise OSError("no such network")

    with (
        pytest.raises(OSError, match="no such network"),
        running.in_background(serve, 1, StreamFaults()),
    ):
        pass


class Network:
    """The program itself."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, "-u", str(FOLDER / "unreliable_network.py"), *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        first = self.process.stdout.readline().split()
        assert first[:4] == ["Listening", "on", "127.0.0.1", "port"], first
        self.port = int(first[4].rstrip(","))

    def press_ctrl_c(self):
        wait_until_idle(self.process.pid)
        self.process.send_signal(signal.SIGINT)
        output, _ = self.process.communicate()
        return self.process.returncode, output


@pytest.fixture
def start_network():
    networks = []

    def start(*arguments):
        networks.append(Network(*arguments))
        return networks[-1]

    yield start
    for network in networks:
        with network.process as process:
            process.kill()


def test_two_runs_with_one_seed_do_and_print_the_same(start_network, udp_server):
    outputs = []
    for _ in range(2):
        arguments = ["--loss", "0.2", "--duplication", "0.2", "--reordering", "0.2", "--seed", "4"]
        network = start_network("udp", 0, udp_server, *arguments)
        with udp_client(network.port) as client:
            for number in range(20):
                client.send(b"n%d" % number)
            # What was held back or lost in the answers is of no matter: the requests are.
            wanted = "client 1 to server: "
            lines = []
            while not any("n19" in line for line in lines):
                line = network.process.stdout.readline()
                if line.startswith(wanted):
                    lines.append(line)
        outputs.append(lines)
        network.press_ctrl_c()
    assert outputs[0] == outputs[1]
    assert len({line.split(" b'")[0] for line in outputs[0]}) >= 4


@pytest.mark.skipif(on_windows, reason="Ctrl-C cannot be sent to a single process there")
def test_ctrl_c_amid_connections_ends_it_and_its_port_is_free_at_once(start_network, listener):
    network = start_network("tcp", 0, listener.getsockname()[1], "--delay", "60")
    with socket.create_connection(("127.0.0.1", network.port), timeout=60) as client:
        client.sendall(b"never to arrive")
        sock, _ = listener.accept()
        with sock:
            assert network.process.stdout.readline() == "client 1: connected\n"
            status, output = network.press_ctrl_c()
    assert (status, output[-8:]) == (0, "Stopped\n")
    assert "Traceback" not in output
    again = start_network("tcp", network.port, listener.getsockname()[1])
    assert again.port == network.port
    assert again.press_ctrl_c() == (0, "\nStopped\n")


@pytest.mark.skipif(on_windows, reason="Ctrl-C cannot be sent to a single process there")
def test_ctrl_c_ends_the_network_for_datagrams(start_network, udp_server):
    network = start_network("udp", 0, udp_server, "--delay", "60", "--reordering", "1")
    with udp_client(network.port) as client:
        client.send(b"never to arrive")
        assert (
            network.process.stdout.readline()
            == "client 1 to server: held back b'never to arrive'\n"
        )
        assert network.press_ctrl_c() == (0, "\nStopped\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ("udp 1 2 --loss 1.5", "argument --loss: 1.5 is not a number from 0 to 1"),
        ("udp 1 2 --loss nan", "argument --loss: nan is not a number from 0 to 1"),
        ("udp 1 2 --delay -1", "argument --delay: -1 is not a number from 0 to 3600"),
        ("udp 1 70000", "argument server_port: 70000 is not a number from 0 to 65535"),
        ("tcp 1 2 --reset-after x", "argument --reset-after: x is not a number from 0 to 1e+09"),
        ("tcp 1 2 --loss 0.5", "unrecognized arguments: --loss 0.5"),
        ("tcp 1 2 --direction up", "argument --direction: invalid choice: 'up'"),
        ("sctp 1 2", "argument protocol: invalid choice: 'sctp'"),
    ],
)
def test_a_wrong_argument_is_named(arguments, complaint, capsys):
    program = importlib.import_module("unreliable_network")
    with pytest.raises(SystemExit) as exit_:
        program.main(arguments.split())
    assert exit_.value.code == 2
    assert complaint in capsys.readouterr().err


def test_a_port_that_is_taken_is_said_in_one_sentence(listener):
    port = listener.getsockname()[1]
    ended = subprocess.run(
        [sys.executable, str(FOLDER / "unreliable_network.py"), "tcp", str(port), "1"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("Cannot listen: ")
    assert ended.stderr.count("\n") == 1


def test_zero_bytes_is_not_the_same_as_no_limit(monkeypatch):
    program = importlib.import_module("unreliable_network")
    given = []

    async def serve(_port, _server_port, wanted, _report, _ready):
        given.append(wanted)

    monkeypatch.setattr(program, "serve_tcp", serve)
    program.main(["tcp", "1", "2", "--stall-after", "0", "--direction", "to-client"])
    program.main(["tcp", "1", "2", "--one-byte-at-a-time", "--affected", "0"])
    assert given == [
        StreamFaults(stall_after=0, direction=Direction.TO_CLIENT),
        StreamFaults(one_byte_at_a_time=True, affected=0.0),
    ]


def test_a_client_of_the_tutorial_is_sent_to_another_port(listener):
    command = [sys.executable, "client_at.py", str(listener.getsockname()[1])]
    client = subprocess.Popen(
        [*command, "sockets/tcp/upper_client"],
        cwd=FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    sock, _ = listener.accept()
    with sock:
        client.stdin.write("Hello\n")
        client.stdin.flush()
        assert sock.recv(1024) == b"Hello"
        sock.sendall(b"HELLO")
        output, _ = client.communicate()
    assert (client.returncode, output) == (0, "Send: HELLO\nSend: \n")
