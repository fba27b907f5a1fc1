"""The race of servers: each against peers that misbehave, the clients, and the figures."""

import argparse
import contextlib
import importlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from idle_programs import wait_until_idle

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "examples" / "server_race"
sys.path += [str(FOLDER), str(PROJECT / "tests" / "tutorial_examples" / "sockets")]

client_load = importlib.import_module("client_load")
contestants = importlib.import_module("contestants")
open_files = importlib.import_module("open_files")
race = importlib.import_module("race")
running_server = importlib.import_module("running_server")
trial = importlib.import_module("trial")
peers = importlib.import_module("hostile_peers")

on_windows = sys.platform == "win32"
SERVERS = [name for name in contestants.NAMES if not contestants.CONTESTANTS[name].obstacle]
CONCURRENT = [name for name in SERVERS if name != "iterative"]


class Server:
    """A started server."""

    def __init__(self, name, port=0, limit=None):
        command = [sys.executable, str(FOLDER / f"{name}_server.py"), "--port", str(port)]
        if limit:
            code = (
                "import resource, runpy, sys; "
                f"resource.setrlimit(resource.RLIMIT_NOFILE, ({limit}, {limit})); "
                "sys.argv = sys.argv[1:]; sys.path.insert(0, sys.argv[0].rpartition('/')[0]); "
                "runpy.run_path(sys.argv[0], run_name='__main__')"
            )
            command[1:1] = ["-c", code]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        line = self.process.stdout.readline()
        self.port = int(re.fullmatch(r"Listening on 127\.0\.0\.1 port (\d+)\n", line)[1])

    def press_ctrl_c(self):
        """As a terminal does: all processes get it. Returns exit status and output."""
        wait_until_idle(self.process.pid)
        for process in psutil.Process(self.process.pid).children():
            process.send_signal(signal.SIGINT)
        self.process.send_signal(signal.SIGINT)
        output, _ = self.process.communicate(timeout=120)
        return self.process.returncode, output

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def start():
    """A function that starts a server by its name in the race."""
    with contextlib.ExitStack() as stack:

        def start_server(name, **options):
            server = Server(name, **options)
            stack.callback(server.end)
            return server

        yield start_server


def ask(sock, data):
    """Send, and receive as many bytes as were sent."""
    sock.sendall(data)
    answer = b""
    while len(answer) < len(data):
        piece = sock.recv(len(data) - len(answer))
        assert piece, f"the stream ended after {answer!r}"
        answer += piece
    return answer


def connect_many(stack, server, count):
    """Connections that have been answered once, and now say nothing."""
    clients = [stack.enter_context(peers.connect(server)) for _ in range(count)]
    for client in clients:
        assert ask(client, b"here") == b"HERE"
    return clients


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_outlives_its_clients(start, name):
    server = start(name)
    for misbehave in peers.MISBEHAVIOURS:
        for _ in range(3):
            misbehave(peers.connect(server))
        assert peers.exchange(server, b"still there") == b"STILL THERE"
    with peers.connect(server) as sock:
        for letter in b"slowly":
            assert ask(sock, bytes([letter])) == bytes([letter]).upper()
    if not on_windows:
        status, output = server.press_ctrl_c()
        assert (status, output) == (0, "\nStopped\n")


@pytest.mark.parametrize("name", SERVERS)
def test_all_of_200_clients_at_once_are_served(start, name):
    server = start(name)
    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(lambda n: peers.exchange(server, b"n%d" % n), range(200)))
    assert answers == [b"N%d" % number for number in range(200)]


@pytest.mark.parametrize("name", CONCURRENT)
def test_silent_and_deaf_clients_hinder_no_other(start, name):
    server = start(name)
    with contextlib.ExitStack() as stack:
        connect_many(stack, server, 30)
        deaf = stack.enter_context(peers.connect(server))
        deaf.settimeout(0.1)
        with contextlib.suppress(TimeoutError):
            while True:
                deaf.sendall(b"x" * 1_000_000)
        assert peers.exchange(server, b"me too") == b"ME TOO"
        peers.reset(deaf)
    assert peers.exchange(server, b"still there") == b"STILL THERE"


@pytest.mark.parametrize("name", SERVERS)
def test_who_reads_late_gets_all(start, name):
    sent = 0
    with peers.connect(start(name)) as sock:
        sock.settimeout(0.1)
        with contextlib.suppress(TimeoutError):
            while True:
                sent += sock.send(b"abcdefgh" * 100_000)
        sock.settimeout(60)
        answer = 0
        while answer < sent:
            piece = sock.recv(1_000_000)
            assert not piece.strip(b"ABCDEFGH")
            answer += len(piece)
        sock.shutdown(socket.SHUT_WR)
        assert (answer, sock.recv(1024)) == (sent, b"")


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.skipif(on_windows, reason="Ctrl-C cannot be sent to a single process there")
def test_ctrl_c_amid_connections_and_a_start_on_the_same_port(start, name):
    server = start(name)
    with contextlib.ExitStack() as stack:
        connect_many(stack, server, 1 if name == "iterative" else 3)
        assert server.press_ctrl_c() == (0, "\nStopped\n")
        assert peers.exchange(start(name, port=server.port), b"after") == b"AFTER"


def test_the_pool_serves_forty_and_then_the_next(start):
    server = start("pooled")
    with contextlib.ExitStack() as stack:
        clients = connect_many(stack, server, 40)
        waiting = stack.enter_context(peers.connect(server))
        waiting.sendall(b"patience")
        waiting.settimeout(0.1)
        with pytest.raises(TimeoutError):
            waiting.recv(1024)
        waiting.settimeout(60)
        clients[7].close()
        assert waiting.recv(1024) == b"PATIENCE"


@pytest.mark.parametrize("name", ["threaded", "pooled", "selectors"])
@pytest.mark.skipif(on_windows, reason="there is no limit to lower there")
def test_a_server_out_of_descriptors_serves_again_when_it_has_some(start, name):
    server = start(name, limit=30)
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(peers.connect(server)) for _ in range(40)]
        for client in clients:
            client.sendall(b"x")
        for client in clients:
            assert client.recv(1) == b"X"
            client.close()


@pytest.mark.skipif("forking" not in SERVERS, reason="there is no os.fork here")
def test_memory_counts_the_children_and_no_child_is_left():
    with running_server.running(contestants.CONTESTANTS["forking"].program) as server:
        alone = server.memory()
        process = psutil.Process(server.process.pid)
        with contextlib.ExitStack() as stack:
            for _ in range(5):
                sock = stack.enter_context(socket.create_connection(server.address, timeout=60))
                assert ask(sock, b"x") == b"X"
            children = process.children()
            assert len(children) == 5
            assert server.memory() > alone
    while not all(map(has_ended, children)):
        time.sleep(0.01)


def has_ended(process):
    """Whether it has, be it that the system still keeps its exit status for somebody."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_program_that_does_not_listen(tmp_path):
    program = tmp_path / "broken_server.py"
    program.write_text("raise ValueError('not today')\n")
    with (
        pytest.raises(running_server.ServerError) as raised,
        running_server.running(program),
    ):
        pass
    first, *rest = str(raised.value).splitlines()
    assert first == "broken_server.py does not listen; it printed:"
    assert rest[-1] == "ValueError: not today"


def test_a_server_that_ends_amid_the_race(tmp_path):
    program = tmp_path / "short_server.py"
    program.write_text("import sys\nprint('Listening on 127.0.0.1 port 9', flush=True)\n")
    with running_server.running(program) as server:
        server.process.wait()
        assert server.memory() is None
        with pytest.raises(running_server.ServerError, match="ended amid the race"):
            server.check()


@contextlib.contextmanager
def played_server(talk):
    """A server that calls `talk` with each connection, in a thread; yields its address."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=100)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                sock, _ = listener.accept()
                with sock, contextlib.suppress(OSError):
                    talk(sock)

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield listener.getsockname()
    finally:
        listener.shutdown(socket.SHUT_RDWR) if not on_windows else None
        listener.close()
        thread.join()


def test_answers_in_pieces_count_once():
    def talk(sock):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while data := sock.recv(1024):
            for letter in data.upper():
                sock.sendall(bytes([letter]))

    with played_server(talk) as address, client_load.Load(address, 1) as load:
        while len(load.tally.waits) < 25:
            load.run(0.05)
        assert load.tally.broken == 0
        assert load.unanswered == 0
        assert all(wait > 0 for wait in load.tally.waits)


def test_each_client_leaves_after_its_questions():
    counts = []

    def talk(sock):
        asked = 0
        while data := sock.recv(1024):
            asked += 1
            assert data == client_load.REQUEST
            sock.sendall(data.upper())
        counts.append(asked)

    with played_server(talk) as address, client_load.Load(address, 1) as load:
        while len(counts) < 3:
            load.run(0.05)
    assert counts[:3] == [client_load.REQUESTS] * 3


@pytest.mark.parametrize("rude", [lambda sock: None, peers.reset], ids=["end", "reset"])
def test_broken_connections_are_counted(rude):
    with played_server(rude) as address, client_load.Load(address, 3) as load:
        while load.tally.broken < 10:
            load.run(0.05)
        assert load.tally.waits == []
        assert load.unanswered == 3


def test_a_server_that_does_not_answer():
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        client_load.Load(listener.getsockname(), 4) as load,
    ):
        load.run(0.05)
        assert (load.tally.waits, load.tally.broken, load.unanswered) == ([], 0, 4)


def test_one_slow_client_stops_the_iterative_server_and_no_other():
    figures = trial.measure(contestants.CONTESTANTS["iterative"], 3, 1, 0.1)
    assert (figures.rate, figures.median, figures.percentile99) == (0, None, None)
    assert figures.unanswered == 3
    for name in CONCURRENT:
        with (
            running_server.running(contestants.CONTESTANTS[name].program) as server,
            client_load.Load(server.address, 3, slow=1) as load,
        ):
            while load.unanswered:
                load.run(0.05)
            assert load.tally.broken == 0


def test_figures_of_a_race():
    figures = trial.measure(contestants.CONTESTANTS["selectors"], 1, 0, 0.5)
    assert (figures.server, figures.clients, figures.slow) == ("selectors", 1, 0)
    assert (figures.unanswered, figures.broken) == (0, 0)
    assert figures.rate > 1
    assert 0 < figures.median <= figures.percentile99 < 60
    assert figures.memory is None or figures.memory > 1_000_000


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([], 50, None),
        ([7.0], 1, 7.0),
        ([1.0, 2.0, 3.0], 50, 2.0),
        ([1.0, 2.0], 50, 1.0),
        ([float(n) for n in range(1, 101)], 99, 99.0),
        ([float(n) for n in range(1, 102)], 99, 100.0),
    ],
)
def test_percentiles(values, percent, expected):
    assert trial.percentile(values, percent) == expected


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "-"),
        (0.0000123, "0.0123 ms"),
        (0.00099, "0.990 ms"),
        (0.0123, "12.3 ms"),
        (0.123, "123 ms"),
        (1.23, "1,230 ms"),
    ],
)
def test_milliseconds(seconds, text):
    assert race.milliseconds(seconds) == text


def test_a_row_is_a_line_as_wide_as_the_headings():
    figures = trial.Figures("forking", 1000, 0, 12345.6, 0.001, 0.1, 12_340_000, 3, 2)
    line = race.row(race.cells(figures))
    assert line.split() == (
        ["forking", "1,000", "12,346", "1.00", "ms", "100", "ms", "12.3", "MB", "3", "2"]
    )
    assert len(line) == len(race.row(race.HEADINGS))
    unknown = trial.Figures("iterative", 1, 1, 0, None, None, None, 1, 0)
    assert race.row(race.cells(unknown)).split() == ["iterative", "1", "0", *"---", "1", "0"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--servers", "threaded,twisted"], "there is no server 'twisted'; there are iterative, "),
        (["--clients", "0"], "a race needs at least one client"),
        (["--clients", "ten"], "invalid numbers value: 'ten'"),
    ],
)
def test_what_the_command_line_refuses(capsys, arguments, message):
    with pytest.raises(SystemExit) as raised:
        race.read_command_line(arguments)
    assert raised.value.code == 2
    assert message in capsys.readouterr().err


def test_what_the_command_line_chooses():
    arguments = race.read_command_line([])
    expected = argparse.Namespace(servers=None, clients=[1, 10, 100, 1000], slow=0, seconds=2)
    assert arguments == expected
    arguments = race.read_command_line(["--servers", "pooled", "--clients", "2,3", "--slow", "1"])
    assert (arguments.servers, arguments.clients, arguments.slow) == (["pooled"], [2, 3], 1)


def test_who_cannot_take_part_is_left_out(monkeypatch, capsys):
    monkeypatch.setattr(contestants.importlib.util, "find_spec", lambda name: None)
    monkeypatch.delattr(os, "fork", raising=False)
    taking_part = [contestant.name for contestant in race.contestants(None)]
    assert taking_part == ["iterative", "threaded", "pooled", "selectors", "asyncio"]
    assert capsys.readouterr().err == (
        "forking is left out: this system has no os.fork\n"
        "uvloop is left out: uvloop is not installed\n"
    )


@pytest.fixture
def limits(monkeypatch):
    """The limits of open files as a list of two, which `setrlimit` changes."""
    resource = pytest.importorskip("resource")
    limits = [256, 1024]

    def set_limits(kind, new):
        if new[0] > limits[1]:
            raise ValueError("not allowed to raise maximum limit")
        limits[:] = new

    monkeypatch.setattr(resource, "getrlimit", lambda kind: tuple(limits))
    monkeypatch.setattr(resource, "setrlimit", set_limits)
    return limits


def test_the_limit_of_open_files_is_raised_as_far_as_needed(limits):
    open_files.allow_connections(100)
    assert limits == [256, 1024]
    open_files.allow_connections(900)
    assert limits == [950, 1024]


def test_a_limit_of_open_files_that_cannot_be_raised(limits):
    with pytest.raises(open_files.LimitError) as raised:
        open_files.allow_connections(1000)
    assert str(raised.value) == (
        "1000 connections need 1050 open files, and this system allows a program 256, at most "
        "1024: choose fewer with --clients, or raise the limit (ulimit -Hn)"
    )
    assert limits == [256, 1024]


def test_windows_watches_few_sockets(monkeypatch):
    monkeypatch.setattr(open_files.sys, "platform", "win32")
    open_files.allow_connections(500)
    with pytest.raises(open_files.LimitError, match="choose at most 500 with --clients"):
        open_files.allow_connections(501)


@pytest.mark.skipif(on_windows, reason="there is no limit to lower there")
def test_the_race_says_when_the_system_allows_too_few_files():
    code = (
        "import resource, sys, race; resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)); "
        "sys.argv = ['race.py', '--clients', '100']; race.main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("race.py: 100 connections need 150 open files")


def test_a_small_race_from_the_command_line():
    options = ["--servers", ",".join(SERVERS), "--clients", "20", "--seconds", "0.01"]
    ended = subprocess.run(
        [sys.executable, "race.py", *options],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    headings, *lines = ended.stdout.splitlines()
    assert headings == race.row(race.HEADINGS)
    assert [line.split()[:2] for line in lines] == [[name, "20"] for name in SERVERS]
    assert all(line.split()[-1] == "0" for line in lines)
