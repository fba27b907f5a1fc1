"""The listings about addresses and names, where things go as the page does not show."""

import importlib
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hostile_peers import MISBEHAVIOURS, connect, exchange, receive_until_the_end

from tutorial_examples.sockets.addresses import ipv6_here, lookup, own_address, split_address

on_windows = sys.platform == "win32"

needs_ipv6 = pytest.mark.skipif(not ipv6_here.has_ipv6(), reason="this machine has no IPv6")


def start_server(start, host="127.0.0.1", port=0):
    server = start("addresses/upper_server", host, str(port), port=None)
    listening = re.fullmatch(rf"Listening on {re.escape(host)} port (\d+)", server.read_line())
    server.port = int(listening[1])
    return server


@pytest.fixture
def silent_port():
    """A port that is taken, and at which nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield sock.getsockname()[1]


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
def test_the_server_outlives_its_clients(start, misbehave):
    server = start_server(start)
    for _ in range(3):
        misbehave(connect(server))
        assert exchange(server, b"x") == b"X"


@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
def test_ctrl_c_stops_the_server_which_starts_again_at_once(start):
    server = start_server(start)
    with connect(server) as sock:
        sock.sendall(b"half")
        assert sock.recv(1024)
        status, output = server.press_ctrl_c()
        receive_until_the_end(sock)
    assert status == 0
    assert "Traceback" not in output
    assert output.endswith("\nStopped\n")
    again = start_server(start, port=server.port)
    assert exchange(again, b"x") == b"X"


@needs_ipv6
def test_the_server_is_at_the_ipv6_address_and_at_no_ipv4_address(start):
    server = start_server(start, "::1")
    with socket.create_connection(("::1", server.port), timeout=60) as sock:
        sock.sendall(b"six")
        assert sock.recv(1024) == b"SIX"
    with pytest.raises(ConnectionRefusedError):
        connect(server)


def test_all_of_100_clients_at_once_are_served(start):
    server = start_server(start)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: exchange(server, b"n%d" % number), range(100)))
    assert answers == [b"N%d" % number for number in range(100)]


def fake_lookup(*addresses):
    """A `getaddrinfo` that finds these pairs of address family and address."""
    return lambda *_, **__: [
        (family, socket.SOCK_STREAM, 0, "", address) for family, address in addresses
    ]


@pytest.fixture
def client():
    return importlib.import_module("tutorial_examples.sockets.addresses.upper_client")


def test_the_client_tries_the_next_address(client, monkeypatch, silent_port):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        refused = (socket.AF_INET, ("127.0.0.1", silent_port))
        there = (socket.AF_INET, listener.getsockname())
        monkeypatch.setattr(socket, "getaddrinfo", fake_lookup(refused, refused, there))
        with client.connect("name", "9999") as sock:
            assert sock.getpeername() == listener.getsockname()


def test_the_client_says_what_became_of_each_address(client, monkeypatch, silent_port):
    refused = (socket.AF_INET, ("127.0.0.1", silent_port))
    monkeypatch.setattr(socket, "getaddrinfo", fake_lookup(refused, refused))
    with pytest.raises(OSError, match=rf"^\('127.*{silent_port}\): .*; \('127.*{silent_port}\): "):
        client.connect("name", "9999")


def test_the_client_collects_an_answer_in_pieces_and_reports_an_early_end(start):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        port = listener.getsockname()[1]
        client = start("addresses/upper_client", "127.0.0.1", str(port), port=port)
        sock, _ = listener.accept()
        with sock:
            client.type("Hello")
            for byte in b"HELLO":
                sock.sendall(bytes([byte]))
            assert client.read_line() == f"Connected to 127.0.0.1 port {port}"
            assert client.read_line() == "Send: HELLO"
            client.type("again")
            sock.sendall(b"AG")
            assert sock.recv(5, socket.MSG_WAITALL) == b"Hello"
            assert sock.recv(5, socket.MSG_WAITALL) == b"again"
        assert client.finish() == (1, "Send: No answer: the server closed the connection\n")


@pytest.mark.parametrize("last_line", ["", None], ids=["empty line", "Ctrl-D"])
def test_the_client_ends_without_an_error(start, last_line):
    server = start_server(start)
    client = start("addresses/upper_client", "127.0.0.1", str(server.port), port=server.port)
    assert client.read_line() == f"Connected to 127.0.0.1 port {server.port}"
    if last_line is not None:
        client.type(last_line)
    status, output = client.finish()
    assert (status, output.rstrip("\n")) == (0, "Send: ")


@pytest.mark.parametrize("host", ["x" * 64, ""], ids=["too long", "empty"])
def test_what_can_be_no_host_is_no_traceback(start, host):
    status, output = start("addresses/upper_client", host, "9999").finish()
    assert status == 1
    assert output.startswith("No answer: ")
    assert start("addresses/lookup", host, "9999").finish()[0] == 1


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:0", ("127.0.0.1", 0)),
        ("localhost:65535", ("localhost", 65535)),
        ("[2001:db8::1]:080", ("2001:db8::1", 80)),
        ("[localhost]:1", ("localhost", 1)),
    ],
)
def test_addresses_that_can_be_split(text, address):
    assert split_address.split_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        ":9999",
        "localhost",
        "localhost:",
        "localhost:65536",
        "localhost:-1",
        "localhost:+1",
        "localhost: 1",
        "localhost:1_0",
        "localhost:²",
        "localhost:" + "9" * 5000,
        "[]:1",
        "[::1]",
        "[::1:1",
        "::1]:1",
        "[[::1]]:1",
        "::1:9999",
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        split_address.split_address(text)


def test_the_same_address_is_printed_once_in_the_order_found(monkeypatch):
    four = (socket.AF_INET, ("192.0.2.1", 80))
    six = (socket.AF_INET6, ("2001:db8::1", 80, 0, 0))
    monkeypatch.setattr(socket, "getaddrinfo", fake_lookup(six, four, six))
    assert lookup.lookup("name", "80") == ["IPv6 2001:db8::1 port 80", "IPv4 192.0.2.1 port 80"]


def test_without_ipv6_nothing_breaks(monkeypatch):
    def refuse(*_):
        raise OSError(97, "Address family not supported by protocol")

    monkeypatch.setattr(socket, "socket", refuse)
    assert not ipv6_here.has_ipv6()
    monkeypatch.setattr(socket, "has_ipv6", False)
    assert not ipv6_here.has_ipv6()


def test_whether_there_is_ipv6_is_printed():
    program = subprocess.run(
        [sys.executable, ipv6_here.__file__], capture_output=True, text=True, check=True
    )
    answer = "yes" if ipv6_here.has_ipv6() else "no"
    assert program.stdout == f"IPv6 on loopback: {answer}\n"


@pytest.mark.parametrize("host", ["127.0.0.1", pytest.param("::1", marks=needs_ipv6)])
def test_loopback_is_reached_by_a_loopback_address_of_its_own_family(host):
    assert own_address.own_address(host) == host


@pytest.mark.parametrize("host", ["x" * 64, "::1%nowhere"])
def test_who_asks_for_the_way_to_no_host_is_told_so(host):
    command = [sys.executable, own_address.__file__, host]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 1
    assert found.stderr.startswith(f"{host}: ")
    assert "Traceback" not in found.stderr
