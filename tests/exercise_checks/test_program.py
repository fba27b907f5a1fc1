"""Programs that are started by a check, and what is left of them when it ends."""

import signal
import socket
import sys
import time
from pathlib import Path

import psutil
import pytest

from exercise_checks import computer
from exercise_checks import program as programs
from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.checking import check_in_own_process
from exercise_checks.datagrams import played_udp_server
from exercise_checks.played_server import tcp_listener
from exercise_checks.ports import expect_free_tcp, expect_free_udp, expect_freed
from exercise_checks.program import Program

CHECKER = Path(__file__).with_name("check_in_own_network.py")
on_windows = sys.platform == "win32"

WITH_CHILD = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(__file__).with_name("child.txt").write_text(str(child.pid))
print("Ready")
time.sleep(600)
"""


def attempt(tmp_path, source):
    path = tmp_path / "mine.py"
    path.write_text(source, encoding="utf-8")
    return Attempt(path)


def wait_for_end_of(process):
    """Waits until a process that is not ours is gone, or waits for its parent to notice."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if psutil.Process(process).status() == psutil.STATUS_ZOMBIE:
                return
        except psutil.NoSuchProcess:
            return
        time.sleep(0.01)
    pytest.fail(f"process {process} still runs")


def test_children_end_with_their_program(tmp_path):
    with Program(attempt(tmp_path, WITH_CHILD), "server") as program:
        program.expect_line("Ready", "at the beginning")
    wait_for_end_of(int((tmp_path / "child.txt").read_text()))


def test_children_end_when_their_program_has(tmp_path):
    source = WITH_CHILD.replace("time.sleep(600)\n", "").replace("sleep()", "sleep(600)")
    assert source.count("sleep(600)") == 1
    with Program(attempt(tmp_path, source), "client") as program:
        program.expect_end("in the end")
    wait_for_end_of(int((tmp_path / "child.txt").read_text()))


def test_a_check_at_its_deadline_ends_what_it_has_started(tmp_path):
    mine = attempt(
        tmp_path, f"import socket\nserver = socket.create_server(('', 9999)){WITH_CHILD}"
    )
    command = (sys.executable, str(CHECKER), "600")
    (verdict,) = check_in_own_process("sockets/tcp", mine.path, "server", 5, command)
    assert verdict.message == "no end within 5 seconds, while waiting for b'HELLO' from your server"
    wait_for_end_of(int((tmp_path / "child.txt").read_text()))


@pytest.mark.skipif(on_windows, reason="Ctrl-C is not pressed there")
def test_ctrl_c_reaches_a_program_also_where_it_is_ignored(tmp_path, check_answer):
    source = """
import socket
try:
    while True:
        with socket.create_server(("", 9999)) as listener:
            while True:
                with listener.accept()[0] as sock:
                    try:
                        while data := sock.recv(1024):
                            sock.sendall(data.upper())
                    except ConnectionError:
                        pass
except KeyboardInterrupt:
    pass
"""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert check_answer("sockets/tcp", "server", source).outcome == "solved"
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a program does")
def test_ctrl_c_is_pressed_when_nothing_happens_any_more(tmp_path):
    source = """
import time
print("ready")
try:
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        pass
except KeyboardInterrupt:
    raise SystemExit("in the middle of something")
try:
    input()
except KeyboardInterrupt:
    print("at rest")
"""
    with Program(attempt(tmp_path, source), "server") as program:
        program.expect_line("ready", "at the beginning")
        program.press_ctrl_c()
        program.expect_line("at rest", "in the end")


def test_output_without_end_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(computer, "MOST_OUTPUT", 1000)
    with Program(attempt(tmp_path, "while True: print('again ' * 100)"), "server") as program:
        deadline = time.monotonic() + 30
        while len(program.printed) < 1000:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        before = len(program.printed)
        assert before < 1000 + 65536
    assert len(program.printed) == before


def test_a_line_may_stand_after_a_prompt(tmp_path):
    source = "print(input('Send: ').upper())\nprint(input('> '))\nprint('x' + input())"
    with Program(attempt(tmp_path, source), "client") as program:
        for typed, line in (("hello", "HELLO"), ("b", "b")):
            program.type(typed)
            program.expect_line(line, "when it is typed")
        program.type("yes")
        with pytest.raises(NotAsExpected, match=r"^then, your client should have printed 'yes'"):
            program.expect_line("yes", "then")


def test_bytes_that_are_printed_get_a_hint(tmp_path):
    with (
        Program(attempt(tmp_path, "print('Got:', b'HELLO')"), "client") as program,
        pytest.raises(NotAsExpected) as failure,
    ):
        program.expect_line("HELLO", "after the answer")
    assert str(failure.value) == (
        "after the answer, your client should have printed 'HELLO'; it printed \"Got: b'HELLO'\""
        " (these are bytes; decode them before you print them)"
    )


@pytest.mark.skipif(on_windows, reason="a program cannot be asked there")
def test_a_silent_program_is_asked_where_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "PATIENCE_SECONDS", 1.0)
    source = "import time\ndef wait():\n    time.sleep(600)\nwait()\n"
    with (
        Program(attempt(tmp_path, source), "client") as program,
        pytest.raises(NotAsExpected) as failure,
    ):
        program.expect_line("Hello", "at the beginning")
    assert str(failure.value) == (
        "at the beginning, your client should have printed 'Hello'; it printed nothing;"
        " your client was at mine.py:3, 'time.sleep(600)'"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.py"]


def test_a_port_that_somebody_has_is_told():
    with socket.create_server(("127.0.0.1", 0)) as mine:
        port = mine.getsockname()[1]
        message = (
            f"^the exercise needs TCP port {port}, and another program has it, perhaps a server of"
            " yours in another terminal; stop that one and check again$"
        )
        with pytest.raises(NotAsExpected, match=message):
            expect_free_tcp(port)
        with pytest.raises(NotAsExpected, match=message), tcp_listener(port):
            pass
        with pytest.raises(NotAsExpected, match=f"has ended, but port {port} is still taken"):
            expect_freed(port, "your server")
    expect_free_tcp(port)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mine:
        mine.bind(("127.0.0.1", 0))
        port = mine.getsockname()[1]
        with pytest.raises(NotAsExpected, match=f"needs UDP port {port}, and another program"):
            expect_free_udp(port)
        with pytest.raises(NotAsExpected, match=f"needs UDP port {port}"), played_udp_server(port):
            pass


@pytest.mark.skipif(on_windows, reason="no port is remembered there")
def test_a_port_that_is_remembered_is_told():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        listener.listen()
        with socket.create_connection(("127.0.0.1", port)) as client:
            sock, _ = listener.accept()
            sock.close()
            assert client.recv(1) == b""
    with pytest.raises(NotAsExpected, match=f"^TCP port {port} cannot be taken yet: .* in a minut"):
        expect_free_tcp(port)
    with pytest.raises(NotAsExpected, match=f"port {port} cannot be taken for a minute"):
        expect_freed(port, "your server")
