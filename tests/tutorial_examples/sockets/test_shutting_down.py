"""Servers that end in order, where things go as the page does not show."""

import array
import asyncio
import importlib
import re
import selectors
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hostile_peers import (
    MISBEHAVIOURS,
    connect,
    exchange,
    receive_until_the_end,
    send_until_full,
)

ORDERLY_SERVERS = ["upper_server", "asyncio_server", "selector_server"]
WORKING_SERVERS = ["hasty_server", "upper_server", "asyncio_server"]
SERVERS = ["hasty_server", *ORDERLY_SERVERS]

if sys.platform == "linux":
    import fcntl
    import termios

on_windows = sys.platform == "win32"
needs_signals = pytest.mark.skipif(on_windows, reason="there a program cannot be sent signals")


def listing(name):
    return importlib.import_module(f"tutorial_examples.sockets.shutting_down.{name}")


@pytest.fixture
def launch(start):
    """A function that starts a listing of this page."""
    return lambda name, *arguments, **options: start(f"shutting_down/{name}", *arguments, **options)


def end(server, number):
    """Send a signal; returns the exit status and the rest of the output."""
    server.send_signal(number)
    return server.finish()


def join(server, count):
    """So many clients, all of whom the server has seen."""
    clients = []
    for _ in range(count):
        clients.append(connect(server))
        # One after the other: threads that print at the same time mix up their lines.
        assert server.read_line().startswith("Connection from ")
    return clients


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_outlives_its_clients(launch, name):
    server = launch(name)
    answer = b"0 X\n" if name == "selector_server" else b"X\n"
    for misbehave in MISBEHAVIOURS:
        misbehave(connect(server))
        assert exchange(server, b"0 x\n") == answer


@pytest.mark.parametrize("name", WORKING_SERVERS)
@pytest.mark.parametrize("seconds", [b"", b"soon", b"-1", b"nan", b"inf", b"\xff"])
def test_what_is_no_number_of_seconds_ends_the_connection(launch, name, seconds):
    server = launch(name)
    with connect(server) as sock:
        sock.sendall(seconds + b" x\n")
        assert receive_until_the_end(sock) == b""
    assert exchange(server, b"0 x\n") == b"X\n"


@pytest.mark.parametrize("name", WORKING_SERVERS)
def test_nobody_waits_for_work_that_another_client_asked_for(launch, name):
    server = launch(name)
    with connect(server) as sock:
        sock.sendall(b"60 x\n")
        assert server.read_line().startswith("Connection from ")
        assert server.read_line() == "Working on 'x'"
        assert exchange(server, b"0 quick\n") == b"QUICK\n"


@needs_signals
@pytest.mark.parametrize("name", ORDERLY_SERVERS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_server_and_all_who_are_idle(launch, name, number):
    server = launch(name)
    clients = join(server, 3)
    status, output = end(server, number)
    for sock in clients:
        with sock:
            assert receive_until_the_end(sock) == b""
    assert status == 0
    assert output.startswith("\nStopping\n")
    assert output.endswith("Stopped, 0 cut off\n")
    assert output.count("Connection closed") == 3
    again = launch(name, port=server.port)
    join(again, 1)[0].close()


@needs_signals
@pytest.mark.parametrize("name", ["upper_server", "asyncio_server"])
def test_an_answer_under_way_is_finished(launch, name):
    server = launch(name)
    (sock,) = join(server, 1)
    with sock:
        sock.sendall(b"0.1 one\n")
        assert server.read_line() == "Working on 'one'"
        status, output = end(server, signal.SIGTERM)
        assert receive_until_the_end(sock) == b"ONE\n"
    assert (status, output) == (0, "\nStopping\nConnection closed\nStopped, 0 cut off\n")


@needs_signals
@pytest.mark.parametrize("name", ["upper_server", "asyncio_server"])
def test_an_answer_that_takes_too_long_is_cut_off(launch, name):
    server = launch(name)
    (sock,) = join(server, 1)
    with sock:
        sock.sendall(b"60 late\n")
        assert server.read_line() == "Working on 'late'"
        status, output = end(server, signal.SIGTERM)
        assert receive_until_the_end(sock) == b""
    assert status == 0
    assert output.startswith("\nStopping\n")
    assert output.endswith("Stopped, 1 cut off\n")


@needs_signals
def test_a_second_ctrl_c_ends_the_server_with_threads_at_once(launch, monkeypatch):
    server = launch("upper_server")
    (sock,) = join(server, 1)
    with sock:
        sock.sendall(b"60 late\n")
        assert server.read_line() == "Working on 'late'"
        server.send_signal(signal.SIGINT)
        assert [server.read_line(), server.read_line()] == ["", "Stopping"]
        status, output = end(server, signal.SIGINT)
    # It may come after the deadline if the machine is very busy.
    assert (status, output) in [(130, ""), (0, "Stopped, 1 cut off\n")]


@needs_signals
def test_the_hasty_server_is_ended_by_sigterm_amid_its_work(launch):
    server = launch("hasty_server")
    (sock,) = join(server, 1)
    with sock:
        sock.sendall(b"60 lost\n")
        assert server.read_line() == "Working on 'lost'"
        assert end(server, signal.SIGTERM) == (-signal.SIGTERM, "")
        assert receive_until_the_end(sock) == b""


@needs_signals
@pytest.mark.parametrize("name", ["asyncio_server", "selector_server"])
def test_a_client_that_does_not_read_is_cut_off_at_the_deadline(launch, name):
    server = launch(name)
    (sock,) = join(server, 1)
    with sock, ThreadPoolExecutor(1) as pool:
        # What the server prints may be longer than the pipe has room for.
        ended = pool.submit(server.finish)
        send_until_full(sock, b"0 " + b"x" * 900 + b"\n")
        server.send_signal(signal.SIGTERM)
        status, output = ended.result()
    assert status == 0
    assert re.search(r"\nStopping\n(Connection closed\n)?Stopped, [01] cut off\n", output)


async def stopped_amid_work(module, sock, line):
    """Stop a service while it works for the client at the other end; returns who was late."""
    reader, writer = await asyncio.open_connection(sock=sock)
    service = module.Service()
    service.connected(reader, writer)
    while service.idle:
        await asyncio.sleep(0)
    late = await service.stop()
    assert not service.writers
    return late


@pytest.mark.parametrize(("deadline", "late"), [(60.0, 0), (0.0, 1)])
def test_the_deadline_decides_who_is_late_on_asyncio(monkeypatch, pair, deadline, late):
    left, right = pair
    module = listing("asyncio_server")
    monkeypatch.setattr(module, "DEADLINE", deadline)
    left.sendall(b"0.2 hello\n0 not this one\n")
    assert asyncio.run(stopped_amid_work(module, right, left)) == late
    assert receive_until_the_end(left) == (b"" if late else b"HELLO\n")


def test_whoever_does_not_read_is_late_on_asyncio_and_cut_off(monkeypatch, pair):
    left, right = pair
    module = listing("asyncio_server")
    monkeypatch.setattr(module, "DEADLINE", 0.1)
    right.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    left.sendall(b"0 " + b"x" * 60_000 + b"\n")

    async def stop_while_writing():
        reader, writer = await asyncio.open_connection(sock=right, limit=1_000_000)
        writer.write(b"y" * 10_000_000)
        service = module.Service()
        service.connected(reader, writer)
        while service.idle:
            await asyncio.sleep(0)
        return await service.stop()

    assert asyncio.run(stop_while_writing()) == 1


@pytest.mark.parametrize(("deadline", "late"), [(60.0, 0), (0.0, 1)])
def test_the_deadline_decides_who_is_late_with_threads(monkeypatch, pair, deadline, late):
    left, right = pair
    module = listing("upper_server")
    monkeypatch.setattr(module, "DEADLINE", deadline)
    working, go_on = threading.Event(), threading.Event()

    def answer(line):
        working.set()
        go_on.wait(60)
        return line.upper()

    monkeypatch.setattr(module, "answer", answer)
    stopping = threading.Event()
    thread = threading.Thread(target=module.serve, args=(right, "left", stopping))
    thread.start()
    left.sendall(b"hello\nnot this one\n")
    assert working.wait(60)
    if not late:
        threading.Timer(0.05, go_on.set).start()
    assert module.finish([(thread, right)], stopping) == late
    go_on.set()
    thread.join()
    assert receive_until_the_end(left) == b"HELLO\n"


def test_a_client_that_has_left_already_does_not_hinder_the_end(pair):
    left, right = pair
    module = listing("upper_server")
    stopping = threading.Event()
    thread = threading.Thread(target=module.serve, args=(right, "left", stopping))
    thread.start()
    left.close()
    thread.join()
    assert module.finish([(thread, right)], stopping) == 0


@pytest.mark.parametrize("reads", [True, False])
def test_a_selector_sends_what_is_left_as_long_as_the_deadline_permits(monkeypatch, pair, reads):
    left, right = pair
    module = listing("selector_server")
    monkeypatch.setattr(module, "DEADLINE", 60.0 if reads else 0.05)
    with selectors.DefaultSelector() as selector, ThreadPoolExecutor(1) as pool:
        connection = module.Connection(right)
        connection.output += b"x" * 5_000_000
        selector.register(right, connection.wanted(), data=connection)
        if reads:
            received = pool.submit(receive_until_the_end, left)
        assert module.finish(selector) == (0 if reads else 1)
        if reads:
            assert len(received.result()) == 5_000_000


def test_the_client_notices_that_the_server_has_closed(launch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        client = launch("upper_client", port=listener.getsockname()[1])
        sock, _ = listener.accept()
        client.type("0 hello")
        assert sock.recv(1024) == b"0 hello\n"
        sock.close()
        assert client.finish() == (0, "Send: The server closed the connection\n")


@needs_signals
@pytest.mark.parametrize(
    ("program", "status"),
    [
        ("input()", 143),
        ("import sys, signal; signal.signal(15, lambda *_: sys.exit(3)); print(1); input()", 3),
        ("import signal; signal.signal(15, signal.SIG_IGN); print(1); input()", 137),
        ("print(1)", 0),
        ("raise SystemExit(4)", 4),
    ],
)
def test_the_supervisor_tells_the_status_as_a_shell_does(monkeypatch, program, status):
    supervise = listing("supervise")
    monkeypatch.setattr(supervise, "PATIENCE", 60.0 if status != 137 else 0.05)
    with subprocess.Popen(
        [sys.executable, "-uc", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        if "print" in program:
            process.stdout.readline()
        if status in (0, 4):
            process.wait()
        assert supervise.stop(process) == status


@pytest.mark.skipif(on_windows, reason="there the program ends without a word")
def test_the_supervisor_stops_its_program_when_its_own_input_ends(launch, tmp_path):
    (tmp_path / "program.py").write_text("input()", encoding="utf-8")
    supervisor = launch("supervise", "program.py")
    assert supervisor.finish()[1] == "Exit status 143\n"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems differ")
def test_close_does_not_wake_who_waits_in_recv(pair):
    client, sock = pair
    sock.settimeout(None)
    got = []
    thread = threading.Thread(target=lambda: got.append(sock.recv(2, socket.MSG_WAITALL)))
    thread.start()
    client.sendall(b"1")
    while any(array.array("i", fcntl.ioctl(sock, termios.FIONREAD, bytes(4)))):
        pass  # the thread takes the byte when it waits for the second one
    sock.close()
    thread.join(0.2)
    assert thread.is_alive()
    client.sendall(b"2")
    thread.join(60)
    assert got == [b"12"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems differ")
def test_shutdown_wakes_who_waits_in_accept(listener):
    listener.settimeout(None)
    errors = []

    def accept():
        try:
            listener.accept()
        except OSError as error:
            errors.append(error)

    thread = threading.Thread(target=accept)
    thread.start()
    listener.shutdown(socket.SHUT_RDWR)
    thread.join(60)
    assert errors
