"""The tools that look at connections, where things go as the page does not show."""

import ipaddress
import os
import re
import socket
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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

from tutorial_examples.sockets.tools import connections, hex_dump, leaky

on_windows = sys.platform == "win32"

only_on_linux = pytest.mark.skipif(
    not Path("/proc/net/tcp").exists(), reason="this system has no /proc/net/tcp"
)


@pytest.fixture
def tap(start):
    """A function that puts a tap before a port."""

    def start_tap(server_port):
        tap = start("tools/tap", "0", str(server_port), port=None)
        tap.port = int(re.fullmatch(r"Listening on [\d.]+ port (\d+)", tap.read_line())[1])
        return tap

    return start_tap


def kernel_form(address, port):
    """An address as the system writes it into its table."""
    packed = ipaddress.ip_address(address).packed
    words = struct.unpack(f"={len(packed) // 4}I", packed)
    return "".join(f"{word:08X}" for word in words) + f":{port:04X}"


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
def test_the_server_outlives_its_clients(start, misbehave):
    server = start("tools/upper_server")
    for _ in range(3):
        misbehave(connect(server))
        assert exchange(server, b"x") == b"X"


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
def test_a_tap_and_its_server_outlive_their_clients(start, tap, misbehave):
    server = start("tools/upper_server")
    between = tap(server.port)
    with ThreadPoolExecutor(1) as pool:
        # What the tap prints of a megabyte may be longer than the pipe has room for.
        for _ in range(2):
            done = pool.submit(between.read_until, "<- end of stream\n")
            misbehave(connect(between))
            assert exchange(between, b"x") == b"X"
            done.result()


@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
def test_ctrl_c_stops_server_and_tap_which_start_again_at_once(start, tap):
    server = start("tools/upper_server")
    between = tap(server.port)
    with connect(between) as sock:
        # Several turns, so that the tap is back in accept: a signal just before it is noticed late.
        for _ in range(5):
            sock.sendall(b"x")
            assert sock.recv(1024) == b"X"
        for program in between, server:
            status, output = program.press_ctrl_c()
            assert status == 0
            assert "Traceback" not in output
            assert output.endswith("\nStopped\n")
        receive_until_the_end(sock)
    again = start("tools/upper_server", port=server.port)
    assert exchange(again, b"x") == b"X"
    assert exchange(tap(server.port), b"x") == b"X"


def test_a_tap_passes_on_every_byte_and_shows_the_first(tap, listener):
    between = tap(listener.getsockname()[1])
    data = os.urandom(200_000)
    with connect(between) as client:
        server, _ = listener.accept()
        with server, ThreadPoolExecutor(2) as pool:
            received = pool.submit(receive_all, server)
            printed = pool.submit(between.read_until, "-> end of stream\n")
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
            assert received.result() == data
            lines = printed.result().splitlines()
            server.sendall(b"an answer after the half-close")
        assert receive_all(client) == b"an answer after the half-close"
    assert sum(int(line.split()[1]) for line in lines[:-1]) == len(data)
    assert lines[0].endswith(f" bytes {data[:40]!r}")
    assert between.read_line() == "<- 30 bytes b'an answer after the half-close'"
    assert between.read_line() == "<- end of stream"


def test_a_reset_on_one_side_of_a_tap_ends_the_other(tap, listener):
    between = tap(listener.getsockname()[1])
    with connect(between) as client:
        server, _ = listener.accept()
        reset(server)
        assert receive_until_the_end(client) == b""


def test_a_tap_without_a_server_says_so_and_lives_on(tap, listener):
    port = listener.getsockname()[1]
    between = tap(port)
    listener.close()
    for _ in range(2):
        with connect(between) as client:
            assert receive_until_the_end(client) == b""
        assert between.read_line().startswith("No server: ")


def test_all_of_100_clients_at_once_go_through_a_tap(start, tap):
    between = tap(start("tools/upper_server").port)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: exchange(between, b"n%d" % number), range(100)))
    assert answers == [b"N%d" % number for number in range(100)]


@pytest.mark.parametrize("misbehave", [reset, socket.socket.close])
def test_the_busy_server_ends_with_its_client(start, misbehave):
    server = start("tools/busy_server")
    misbehave(connect(server))
    server.type("")
    status, output = server.finish()
    assert status == 0
    assert output.endswith("Connection closed\n")


@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
def test_ctrl_c_stops_the_busy_server(start):
    server = start("tools/busy_server")
    with connect(server):
        server.read_until("go on: ")
        assert server.press_ctrl_c() == (0, "\nStopped\n")


@pytest.mark.parametrize("answer", [b"", b"HAL"], ids=["nothing", "half an answer"])
def test_the_client_says_that_the_server_has_closed(start, listener, answer):
    client = start("tools/upper_client", str(listener.getsockname()[1]), port=None)
    sock, _ = listener.accept()
    with sock:
        client.type("Hello")
        assert sock.recv(5, socket.MSG_WAITALL) == b"Hello"
        sock.sendall(answer)
    assert client.finish() == (0, "Send: Sent 5 bytes\nThe server closed the connection\n")


def test_the_client_without_a_server_has_no_traceback(start, listener):
    port = listener.getsockname()[1]
    listener.close()
    status, output = start("tools/upper_client", str(port), port=None).finish()
    assert status == 1
    assert output.startswith("No answer: ")


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "192.0.2.254"])
@pytest.mark.parametrize("port", [1, 9999, 65535])
def test_ipv4_addresses_are_read(host, port):
    assert connections.parse_address(kernel_form(host, port)) == (host, port)


@pytest.mark.parametrize("host", ["::", "::1", "2001:db8::1:2:3:4", "fe80::ffff"])
def test_ipv6_addresses_are_read(host):
    assert connections.parse_address(kernel_form(host, 80)) == (host, 80)


def test_a_line_of_the_table_is_read():
    here, there = kernel_form("127.0.0.1", 80), kernel_form("127.0.0.2", 40000)
    line = f"  17: {here} {there} 0D 0000000A:0000001F 00:00000000 00000000  1000 0 4711 1 0"
    assert connections.parse_line(line) == connections.End(
        "0D", ("127.0.0.1", 80), ("127.0.0.2", 40000), 31, 4711
    )


@only_on_linux
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_what_is_unread_is_counted_at_the_right_end(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, 0), family=family)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with listener, socket.create_connection(listener.getsockname()[:2]) as client:
        here, there = listener.getsockname()[:2], client.getsockname()[:2]
        client.sendall(b"x" * 31)
        # Others may use the number of our port for their end of a connection.
        found = {(end.local, end.remote): end for end in connections.ends_at(here[1])}
        listening = found[here, ("::" if ":" in host else "0.0.0.0", 0)]
        served, calling = found[here, there], found[there, here]
        assert (listening.state, listening.unread) == ("LISTEN", 1)
        assert (served.state, served.unread) == ("ESTABLISHED", 31)
        assert (calling.state, calling.unread) == ("ESTABLISHED", 0)
        holders = connections.programs()
        assert holders[listening.inode] == holders[calling.inode]
        program, *arguments = psutil.Process().cmdline()
        assert holders[listening.inode] == " ".join([Path(program).name, *arguments])


@only_on_linux
def test_the_program_at_a_port_is_named(start):
    server = start("tools/upper_server")
    shown = subprocess.run(
        [sys.executable, connections.__file__, str(server.port)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    line = shown.splitlines()[0]
    assert re.fullmatch(
        rf"LISTEN +127\.0\.0\.1:{server.port} +0\.0\.0\.0:0 +0 python.* upper_server_0\.py", line
    )


@pytest.mark.parametrize("arguments", [[], ["http"], ["-1"], ["1", "2"]])
def test_a_wrong_command_line_is_told_the_right_one(arguments):
    program = subprocess.run(
        [sys.executable, connections.__file__, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert program.returncode == 1
    assert program.stderr.startswith("Usage: ")


def test_the_leak_is_there_and_python_reports_it(listener):
    port = listener.getsockname()[1]
    with pytest.warns(ResourceWarning, match="unclosed"):
        assert leaky.is_open(port)
    listener.close()
    with pytest.warns(ResourceWarning, match="unclosed"):
        assert not leaky.is_open(port)


def test_psutil_sees_what_we_see(listener):
    own = psutil.Process().net_connections("tcp")
    assert listener.getsockname() in [found.laddr for found in own]


@pytest.mark.parametrize(
    ("data", "dump"),
    [
        (b"", ""),
        (b"\0", f"00000000  {'00':47}  .\n"),
        (b" ~\x7f\xff", f"00000000  {'20 7e 7f ff':47}  .~..\n".replace(".~", " ~")),
        (b"x" * 16, f"00000000  {' '.join(['78'] * 16)}  {'x' * 16}\n"),
        (b"x" * 17, f"00000000  {' '.join(['78'] * 16)}  {'x' * 16}\n00000010  {'78':47}  x\n"),
    ],
)
def test_hex_dumps(data, dump):
    assert hex_dump.hex_dump(data) == dump


def test_the_hex_dump_of_a_file(tmp_path):
    file = tmp_path / "data"
    file.write_bytes(bytes(range(256)) * 2)
    program = subprocess.run(
        [sys.executable, hex_dump.__file__, file], capture_output=True, text=True, check=True
    )
    lines = program.stdout.splitlines()
    assert len(lines) == 32
    assert lines[-1].startswith("000001f0  f0 f1 ")
