"""The listings on many clients at once, where things go as the page does not show."""

import contextlib
import importlib
import os
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from hostile_peers import (
    MISBEHAVIOURS,
    connect,
    exchange,
    receive_all,
    receive_until_the_end,
    reset,
)
from idle_programs import wait_until_idle

on_windows = sys.platform == "win32"

can_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no os.fork here")
UNLIMITED = [
    "thread_server",
    "mixin_server",
    "count_server",
    pytest.param("fork_server", marks=can_fork),
    pytest.param("fork_count_server", marks=can_fork),
]
LIMITED = ["pool_server", "limited_server"]
SERVERS = [*UNLIMITED, *LIMITED]


@pytest.fixture
def launch(start):
    """A function that starts a listing of this page."""
    return lambda name, **options: start(f"concurrency/{name}", **options)


def ask(sock, data):
    """Send, and receive as many bytes as were sent."""
    sock.sendall(data)
    answer = b""
    while len(answer) < len(data):
        answer += sock.recv(len(data) - len(answer))
    return answer


@contextlib.contextmanager
def waiting_clients(server, count):
    """Connections that have been answered once, and now say nothing."""
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(connect(server)) for _ in range(count)]
        for client in clients:
            assert ask(client, b"here") == b"HERE"
        yield clients


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_outlives_its_clients(launch, name):
    server = launch(name)
    for misbehave in MISBEHAVIOURS:
        for _ in range(3):
            misbehave(connect(server))
        assert exchange(server, b"still there") == b"STILL THERE"


@pytest.mark.parametrize("name", SERVERS)
def test_all_of_100_clients_at_once_are_served(launch, name):
    server = launch(name)
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda number: exchange(server, b"n%d" % number), range(100)))
    assert answers == [b"N%d" % number for number in range(100)]


@pytest.mark.parametrize("name", UNLIMITED)
def test_waiting_clients_hinder_nobody(launch, name):
    server = launch(name)
    with waiting_clients(server, 20):
        assert exchange(server, b"me too") == b"ME TOO"


@pytest.mark.parametrize("name", SERVERS)
def test_a_client_that_never_reads_hinders_no_other(launch, name):
    server = launch(name)
    with connect(server) as deaf:
        deaf.settimeout(0.1)
        with contextlib.suppress(TimeoutError):
            while True:
                deaf.sendall(b"x" * 1_000_000)
        assert exchange(server, b"me too") == b"ME TOO"
        reset(deaf)


@pytest.mark.parametrize("name", LIMITED)
def test_a_third_client_waits_for_a_place(launch, name):
    server = launch(name)
    with waiting_clients(server, 2) as clients, connect(server) as third:
        third.sendall(b"third")
        third.settimeout(0.1)
        with pytest.raises(TimeoutError):
            third.recv(1024)
        third.settimeout(60)
        reset(clients[0])
        assert third.recv(1024) == b"THIRD"
        assert ask(clients[1], b"second") == b"SECOND"


@pytest.mark.parametrize("name", LIMITED)
def test_misbehaviour_costs_no_place(launch, name):
    server = launch(name)
    for misbehave in MISBEHAVIOURS:
        misbehave(connect(server))
    with waiting_clients(server, 2):
        pass


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.skipif(on_windows, reason="Ctrl-C cannot be sent to a single process there")
def test_ctrl_c_ends_a_server_amid_connections_and_it_starts_again_at_once(launch, name):
    server = launch(name)
    with waiting_clients(server, 2):
        status, output = server.press_ctrl_c() if "fork" not in name else interrupt_group(server)
        assert status == 0
        assert "Traceback" not in output
        assert "\nStopped\n" in output
        again = launch(name, port=server.port)
        assert exchange(again, b"after") == b"AFTER"


def interrupt_group(server):
    """Ctrl-C as a terminal sends it: to the program and to all that it has started."""
    wait_until_idle(server.process_id)
    for child in psutil.Process(server.process_id).children():
        child.send_signal(signal.SIGINT)
    return server.press_ctrl_c()


@can_fork
def test_children_leave_no_zombies(launch):
    server = launch("fork_server")
    for number in range(5):
        assert exchange(server, b"n%d" % number) == b"N%d" % number
    children = psutil.Process(server.process_id).children()
    _, alive = psutil.wait_procs(children, timeout=60)
    assert not alive


@can_fork
def test_a_child_goes_on_when_its_parent_has_been_killed(launch):
    server = launch("fork_server")
    with waiting_clients(server, 1) as [client]:
        psutil.Process(server.process_id).kill()
        assert ask(client, b"orphan") == b"ORPHAN"
        # The child does not hold the port.
        again = launch("fork_server", port=server.port)
        assert exchange(again, b"after") == b"AFTER"


@pytest.mark.parametrize("name", ["thread_server", "count_server", "pool_server", "limited_server"])
def test_a_client_that_says_nothing_is_given_up(name, monkeypatch, capsys):
    module = importlib.import_module(f"tutorial_examples.sockets.concurrency.{name}")
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    if name == "limited_server":
        module.places.acquire()
    silent, sock = socket.socketpair()
    with silent:
        module.serve(sock)
        assert silent.recv(1024) == b""
    assert "Broken off: timed out\n" in capsys.readouterr().out
    if name == "limited_server":
        assert module.places.acquire(blocking=False)
        module.places.release()


def test_the_handler_waits_a_minute(launch):
    module = importlib.import_module("tutorial_examples.sockets.concurrency.mixin_server")
    timeouts = []

    class Handler(module.UpperHandler):
        def handle(self):
            timeouts.append(self.request.gettimeout())

    with (
        module.Server(("127.0.0.1", 0), Handler) as server,
        socket.create_connection(server.server_address, timeout=60) as sock,
    ):
        server.handle_request()
        assert sock.recv(1024) == b""
    assert timeouts == [60]


def test_the_counter_misses_nothing():
    module = importlib.import_module("tutorial_examples.sockets.concurrency.count_server")
    counter = module.Counter()
    results = []

    def add_often():
        results.extend(counter.add(1) for _ in range(1000))

    threads = [threading.Thread(target=add_often) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.total == 8000
    assert sorted(results) == list(range(1, 8001))


def test_the_count_is_that_of_all_clients(launch):
    server = launch("count_server")
    for _ in range(3):
        assert exchange(server, b"12345") == b"12345"
    assert [server.read_line() for _ in range(3)] == [f"{n} bytes in all" for n in (5, 10, 15)]


def test_a_megabyte_comes_back_whole(launch):
    message = b"abcdefgh" * 131_072
    with connect(launch("thread_server")) as sock, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(receive_all, sock)
        sock.sendall(message)
        sock.shutdown(socket.SHUT_WR)
        assert answer.result() == message.upper()


def test_the_pool_ends_its_connections_when_it_stops(launch):
    if on_windows:
        pytest.skip("Ctrl-C cannot be sent to a single process there")
    server = launch("pool_server")
    with waiting_clients(server, 2) as clients, connect(server) as queued:
        queued.sendall(b"queued")
        assert server.press_ctrl_c()[0] == 0
        for client in [*clients, queued]:
            assert receive_until_the_end(client) == b""
