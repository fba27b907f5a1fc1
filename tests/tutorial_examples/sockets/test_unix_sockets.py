"""The listings about Unix sockets, where things go as the page does not show."""

import importlib
import os
import re
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hostile_peers import (
    MISBEHAVIOURS,
    receive_all,
    receive_until_the_end,
    send_a_megabyte_without_a_newline,
)

if sys.platform == "win32":
    pytest.skip("Python has no AF_UNIX there", allow_module_level=True)

on_linux = sys.platform == "linux"

# Whoever sends a megabyte to a server that sends it all back must read meanwhile.
PROMPT_MISBEHAVIOURS = [
    misbehave for misbehave in MISBEHAVIOURS if misbehave != send_a_megabyte_without_a_newline
]


@pytest.fixture(autouse=True)
def short_paths(tmp_path, monkeypatch):
    """Lets tests name sockets in the programs' folder as the programs do, for paths are short."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def server(start):
    server = start("unix_sockets/upper_server", port=None)
    assert server.read_line() == "Listening on upper.sock"
    return server


@pytest.fixture
def upper_server():
    return importlib.import_module("tutorial_examples.sockets.unix_sockets.upper_server")


def unix_socket(kind=socket.SOCK_STREAM):
    sock = socket.socket(socket.AF_UNIX, kind)
    sock.settimeout(60)
    return sock


def connect(path="upper.sock"):
    sock = unix_socket()
    sock.connect(path)
    return sock


def listen_at(path):
    listener = unix_socket()
    listener.bind(str(path))
    listener.listen()
    return listener


def exchange(data, path="upper.sock"):
    with connect(path) as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        return receive_all(sock)


@pytest.mark.parametrize("misbehave", PROMPT_MISBEHAVIOURS)
def test_the_server_outlives_its_clients(server, misbehave):
    for _ in range(5):
        misbehave(connect())
        assert exchange(b"still there") == b"STILL THERE"


def test_a_megabyte_without_a_newline_comes_back_whole(server):
    message = b"abcdefgh" * 131_072
    with connect() as sock, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(receive_all, sock)
        sock.sendall(message)
        sock.shutdown(socket.SHUT_WR)
        assert answer.result() == message.upper()


def test_a_client_that_leaves_its_answer_is_reported(server):
    with connect() as sock:
        sock.sendall(b"x" * 100_000)
    assert exchange(b"still there") == b"STILL THERE"
    assert server.read_line() == "Connection from ''"
    assert server.read_line().startswith("Broken off: ")
    assert server.read_line() == "Connection closed"


def test_the_address_of_a_client_that_has_one_is_shown(server):
    with unix_socket() as sock:
        sock.bind("me.sock")
        sock.connect("upper.sock")
        assert server.read_line() == "Connection from 'me.sock'"


def test_ctrl_c_removes_the_file_amid_a_connection_and_a_new_server_starts(start, server, tmp_path):
    with connect() as sock:
        sock.sendall(b"before")
        assert sock.recv(1024) == b"BEFORE"
        status, output = server.press_ctrl_c()
        assert receive_until_the_end(sock) == b""
    assert status == 0
    assert output.endswith("\nStopped\n")
    assert "Traceback" not in output
    assert not (tmp_path / "upper.sock").exists()
    assert start("unix_sockets/upper_server", port=None).read_line() == "Listening on upper.sock"
    assert exchange(b"after") == b"AFTER"


def test_a_new_server_takes_the_path_of_one_that_was_killed(start, server, tmp_path):
    server.kill()
    assert (tmp_path / "upper.sock").is_socket()
    with unix_socket() as sock, pytest.raises(ConnectionRefusedError):
        sock.connect("upper.sock")
    assert start("unix_sockets/upper_server", port=None).read_line() == "Listening on upper.sock"
    assert exchange(b"after") == b"AFTER"


def test_a_second_server_leaves_the_first_alone(start, server):
    second = start("unix_sockets/upper_server", port=None)
    status, output = second.finish()
    assert status == 1
    assert "Address already in use" in output.splitlines()[-1]
    assert exchange(b"still there") == b"STILL THERE"


def test_a_server_that_has_no_time_keeps_its_path(upper_server, tmp_path):
    path = tmp_path / "busy.sock"
    listener = unix_socket()
    listener.bind("busy.sock")
    listener.listen(0)
    waiting = []
    try:
        for _ in range(3):
            sock = unix_socket()
            waiting.append(sock)
            sock.setblocking(False)
            try:
                sock.connect("busy.sock")
            except BlockingIOError:
                break
        if on_linux:
            assert len(waiting) < 3
            upper_server.remove_leftover(path.relative_to(tmp_path))
            assert path.is_socket()
    finally:
        listener.close()
        for sock in waiting:
            sock.close()


def test_what_is_no_socket_is_not_removed(upper_server, start, tmp_path):
    path = tmp_path / "upper.sock"
    path.write_text("my diary", encoding="utf-8")
    status, output = start("unix_sockets/upper_server", port=None).finish()
    assert status == 1
    assert "Address already in use" in output.splitlines()[-1]
    assert path.read_text(encoding="utf-8") == "my diary"
    upper_server.remove_leftover(tmp_path / "none.sock")


def test_only_the_owner_has_permissions(server, tmp_path):
    assert (tmp_path / "upper.sock").stat().st_mode & 0o777 == 0o600


def test_the_client_sends_lines_and_notices_the_end(start):
    with listen_at("upper.sock") as listener:
        client = start("unix_sockets/upper_client", port=None)
        sock, _ = listener.accept()
        with sock:
            sock.settimeout(60)
            client.type("hello")
            assert sock.recv(1024) == b"hello"
    assert client.finish() == (0, "Send: The server closed the connection\n")


@pytest.mark.parametrize("last_line", ["", None], ids=["empty line", "Ctrl-D"])
def test_the_client_ends_with_an_empty_line_and_ctrl_d(start, last_line):
    with listen_at("upper.sock") as listener:
        client = start("unix_sockets/upper_client", port=None)
        sock, _ = listener.accept()
        with sock:
            if last_line is not None:
                client.type(last_line)
            status, output = client.finish()
            assert (status, output.rstrip("\n")) == (0, "Send: ")
            sock.settimeout(60)
            assert sock.recv(1024) == b""


def test_the_client_says_that_there_is_no_server(start):
    status, output = start("unix_sockets/upper_client", port=None).finish()
    assert status == 1
    assert output.splitlines()[-1].startswith("FileNotFoundError: ")


def test_the_successor_serves_all_who_were_waiting(start):
    with socket.create_server(("127.0.0.1", 0)) as listener, listen_at("handover.sock") as door:
        address = listener.getsockname()
        waiting = socket.create_connection(address, timeout=60)
        waiting.sendall(b"waiting")
        successor = start("unix_sockets/successor_server", port=None)
        sock, _ = door.accept()
        with sock:
            socket.send_fds(sock, [b"x"], [listener.fileno()])
    assert successor.read_line() == f"Took over 127.0.0.1 port {address[1]}"
    with waiting:
        assert waiting.recv(1024) == b"WAITING"
    for misbehave in PROMPT_MISBEHAVIOURS:
        misbehave(socket.create_connection(address, timeout=60))
    with socket.create_connection(address, timeout=60) as client:
        client.sendall(b"still there")
        assert client.recv(1024) == b"STILL THERE"
        status, output = successor.press_ctrl_c()
    assert status == 0
    assert output.endswith("\nStopped\n")
    assert "Traceback" not in output


@pytest.mark.parametrize("sent", [b"", b"no descriptor"])
def test_the_successor_says_that_no_descriptor_came(start, sent):
    with listen_at("handover.sock") as door:
        successor = start("unix_sockets/successor_server", port=None)
        sock, _ = door.accept()
        with sock:
            sock.sendall(sent)
        status, output = successor.finish()
    assert status == 1
    assert output.splitlines()[-1] == "ConnectionError: no descriptor came"


@pytest.fixture
def datagrams(start):
    server = start("unix_sockets/datagram_server", port=None)
    assert server.read_line() == "Listening on datagrams.sock"
    return server


def ask(sock, data):
    sock.sendto(data, "datagrams.sock")
    return sock.recv(65535)


def test_datagrams_from_nobody_and_from_those_who_are_gone_do_no_harm(datagrams):
    with unix_socket(socket.SOCK_DGRAM) as nobody:
        nobody.sendto(b"nobody", "datagrams.sock")
    with unix_socket(socket.SOCK_DGRAM) as hasty:
        hasty.bind("hasty.sock")
        hasty.sendto(b"gone", "datagrams.sock")
    with unix_socket(socket.SOCK_DGRAM) as client:
        client.bind("client.sock")
        assert ask(client, b"still there") == b"STILL THERE"
        assert ask(client, b"") == b""


def test_a_client_that_never_reads_does_not_stop_the_others(datagrams):
    def read_up_to_the_other_client():
        lines = [datagrams.read_line()]
        while not lines[-1].endswith("'client.sock'"):
            lines.append(datagrams.read_line())
        return lines

    with (
        unix_socket(socket.SOCK_DGRAM) as glutton,
        unix_socket(socket.SOCK_DGRAM) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        glutton.bind("glutton.sock")
        client.bind("client.sock")
        lines = pool.submit(read_up_to_the_other_client)
        # A socket with a timeout would ask again and again whether the server has room.
        glutton.settimeout(None)
        for _ in range(1000):
            glutton.sendto(b"more", "datagrams.sock")
        assert ask(client, b"my turn") == b"MY TURN"
        assert any(line.startswith("No answer: ") for line in lines.result())


def test_the_datagram_server_removes_its_file_and_takes_over_a_leftover_one(
    start, datagrams, tmp_path
):
    path = tmp_path / "datagrams.sock"
    assert datagrams.press_ctrl_c() == (0, "\nStopped\n")
    assert not path.exists()
    killed = start("unix_sockets/datagram_server", port=None)
    assert killed.read_line() == "Listening on datagrams.sock"
    second = start("unix_sockets/datagram_server", port=None)
    assert second.finish()[0] == 1
    killed.kill()
    assert path.is_socket()
    again = start("unix_sockets/datagram_server", port=None)
    assert again.read_line() == "Listening on datagrams.sock"


def test_the_datagram_client_leaves_no_file_behind(start, datagrams):
    client = start("unix_sockets/datagram_client", port=None)
    client.type("hello")
    status, output = client.finish()
    assert (status, output.rstrip("\n")) == (0, "Send: HELLO\nSend: ")
    own = datagrams.read_line().removeprefix("5 bytes from ").strip("'")
    assert re.fullmatch(r"client-\d+\.sock", own)
    assert not Path(own).exists()


def test_the_datagram_client_waits_two_seconds_at_most(start):
    with unix_socket(socket.SOCK_DGRAM) as silent:
        silent.bind("datagrams.sock")
        client = start("unix_sockets/datagram_client", port=None)
        client.type("anybody there?")
        status, output = client.finish()
    assert status == 1
    assert output.splitlines()[-1] == "TimeoutError: timed out"
    assert not list(Path().glob("client-*.sock"))


@pytest.fixture
def guarded():
    return importlib.import_module("tutorial_examples.sockets.unix_sockets.own_user_server")


@pytest.mark.skipif(not on_linux, reason="SO_PEERCRED is Linux's")
def test_the_process_at_the_other_end_is_named(guarded):
    left, right = socket.socketpair()
    with left, right:
        assert guarded.process_and_user(left) == (os.getpid(), os.getuid())


class EnoughSeenError(Exception):
    """Ends a server that runs in the test's own process."""


@pytest.mark.skipif(not on_linux, reason="SO_PEERCRED is Linux's")
@pytest.mark.parametrize("user", ["own", "other"])
def test_only_the_own_user_is_served(guarded, monkeypatch, capsys, user):
    name = f"\0test {os.getpid()} {user}"
    genuine = guarded.process_and_user
    calls = []

    def process_and_user(sock):
        if len(calls) == 2:
            raise EnoughSeenError
        calls.append(sock)
        process, number = genuine(sock)
        return process, number + (user == "other")

    monkeypatch.setattr(guarded, "NAME", name)
    monkeypatch.setattr(guarded, "process_and_user", process_and_user)

    def talk():
        while True:
            try:
                answers = [exchange_or_nothing(b"hello", name) for _ in range(2)]
                connect(name).close()
                return answers
            except ConnectionRefusedError:
                pass

    with ThreadPoolExecutor(1) as pool:
        answers = pool.submit(talk)
        with pytest.raises(EnoughSeenError):
            guarded.main()
    assert answers.result() == [b"HELLO" if user == "own" else b""] * 2
    assert capsys.readouterr().out.count("Refused") == (0 if user == "own" else 2)


def exchange_or_nothing(data, path):
    with connect(path) as sock:
        try:
            sock.sendall(data)
            sock.shutdown(socket.SHUT_WR)
        except BrokenPipeError:
            return b""
        return receive_until_the_end(sock)
