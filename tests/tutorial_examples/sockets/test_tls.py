"""The listings about TLS, where things go as the page does not show."""

import importlib
import socket
import ssl
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime

import pytest
import trustme
from hostile_peers import (
    MISBEHAVIOURS,
    connect,
    receive_until_the_end,
    reset,
    send_a_megabyte_without_a_newline,
)

on_windows = sys.platform == "win32"

# Whoever sends a megabyte to a server that sends it all back must read meanwhile.
PROMPT_MISBEHAVIOURS = [
    misbehave for misbehave in MISBEHAVIOURS if misbehave != send_a_megabyte_without_a_newline
]


class Authority:
    """An authority, and the contexts of those who trust it or have its certificates."""

    def __init__(self):
        self._authority = trustme.CA()

    def write(self, folder, *names, **options):
        """Writes the three files that `python -m trustme` writes."""
        folder.mkdir(exist_ok=True)
        certificate = self._authority.issue_cert(*names, **options)
        certificate.private_key_pem.write_to_path(folder / "server.key")
        certificate.cert_chain_pems[0].write_to_path(folder / "server.pem")
        self._authority.cert_pem.write_to_path(folder / "client.pem")

    def client_context(self):
        context = ssl.create_default_context()
        self._authority.configure_trust(context)
        return context

    def server_context(self, name="localhost"):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._authority.issue_cert(name).configure_cert(context)
        return context


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def ann_s_authority():
    return Authority()


@pytest.fixture
def server(start, authority, tmp_path):
    authority.write(tmp_path, "localhost")
    return start("tls/upper_server")


@pytest.fixture
def mutual_server(start, authority, ann_s_authority, tmp_path):
    authority.write(tmp_path, "localhost")
    ann_s_authority.write(tmp_path / "ann", "ann.example")
    return start("tls/mutual_server")


@pytest.fixture
def ann_s_context(authority, mutual_server, tmp_path):
    context = authority.client_context()
    context.load_cert_chain(tmp_path / "ann/server.pem", tmp_path / "ann/server.key")
    return context


def connect_sealed(server, context, name="localhost"):
    return context.wrap_socket(connect(server), server_hostname=name, suppress_ragged_eofs=False)


def receive_exactly(sock, size):
    data = b""
    while len(data) < size:
        piece = sock.recv(65536)
        assert piece
        data += piece
    return data


def exchange(server, context, data):
    """Send all, receive as much, and end in order."""
    with connect_sealed(server, context) as sock:
        sock.sendall(data)
        answer = receive_exactly(sock, len(data))
        sock.unwrap()
        return answer


def close_sealed(sock):
    sock.close()


def say_the_end(sock):
    """Send close notify, and do not wait for that of the other side."""
    sock.setblocking(False)
    with suppress(ssl.SSLWantReadError):
        sock.unwrap()


def say_the_end_and_close(sock):
    say_the_end(sock)
    sock.close()


def leave_the_answer(sock):
    sock.sendall(b"x" * 10_000)
    sock.close()


def go_on_in_plain(sock):
    with socket.socket(fileno=sock.detach()) as plain:
        plain.sendall(b"not sealed at all")
        plain.settimeout(60)
        receive_until_the_end(plain)


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
def test_the_server_outlives_clients_that_speak_no_tls(server, authority, misbehave):
    for _ in range(3):
        misbehave(connect(server))
    assert exchange(server, authority.client_context(), b"still there") == b"STILL THERE"


@pytest.mark.parametrize(
    "misbehave", [close_sealed, reset, say_the_end_and_close, leave_the_answer, go_on_in_plain]
)
def test_the_server_outlives_clients_that_speak_tls(server, authority, misbehave):
    context = authority.client_context()
    for _ in range(3):
        misbehave(connect_sealed(server, context))
    assert exchange(server, context, b"still there") == b"STILL THERE"


def test_half_a_handshake_costs_one_client_only(server, authority):
    context = authority.client_context()
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    half = context.wrap_bio(to_client, to_server, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        half.do_handshake()
    hello = to_server.read()
    with connect(server) as sock:
        sock.sendall(hello[: len(hello) // 2])
    assert exchange(server, context, b"still there") == b"STILL THERE"


def test_a_clean_end_is_no_break_and_a_ragged_one_is(server, authority):
    context = authority.client_context()
    assert exchange(server, context, b"polite") == b"POLITE"
    with connect_sealed(server, context) as sock:
        sock.sendall(b"rude")
        assert receive_exactly(sock, 4) == b"RUDE"
    assert server.read_line().startswith("Connection from ")
    assert server.read_line() == "Connection closed"
    assert server.read_line().startswith("Connection from ")
    assert "EOF occurred in violation of protocol" in server.read_line()
    assert server.read_line() == "Connection closed"


def test_pieces_of_any_size_come_back_whole(server, authority):
    with connect_sealed(server, authority.client_context()) as sock:
        for size in 1023, 1024, 1025, 16_384, 16_385, 100_000:
            piece = b"x" * size
            sock.sendall(piece)
            assert receive_exactly(sock, len(piece)) == piece.upper()
        sock.unwrap()


def test_one_byte_at_a_time_is_answered_all_the_same(server, authority):
    with connect_sealed(server, authority.client_context()) as sock:
        for letter in b"slowly":
            sock.sendall(bytes([letter]))
            assert sock.recv(1024) == bytes([letter]).upper()
        sock.unwrap()


def test_old_versions_of_tls_are_refused(server, authority, tmp_path):
    upper_server = importlib.import_module("tutorial_examples.sockets.tls.upper_server")
    assert upper_server.server_context(tmp_path).minimum_version >= ssl.TLSVersion.TLSv1_2
    context = authority.client_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    assert exchange(server, context, b"1.2 will do") == b"1.2 WILL DO"


@pytest.mark.parametrize("name", ["tls/upper_server", "tls/mutual_server"])
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
def test_ctrl_c_stops_a_server_amid_a_handshake_and_it_starts_again_at_once(
    start, authority, ann_s_authority, tmp_path, name
):
    authority.write(tmp_path, "localhost")
    ann_s_authority.write(tmp_path / "ann", "ann.example")
    server = start(name)
    with connect(server) as sock:
        sock.sendall(b"\x16\x03\x01")
        status, output = server.press_ctrl_c()
        receive_until_the_end(sock)
    assert status == 0
    assert output.endswith("\nStopped\n")
    assert "Traceback" not in output
    assert start(name, port=server.port).port == server.port


@pytest.fixture
def accept(listener):
    """A function that accepts a connection and does the server's part of the handshake."""

    def accept_sealed(context):
        plain, _ = listener.accept()
        plain.settimeout(60)
        with plain:
            return context.wrap_socket(plain, server_side=True)

    return accept_sealed


@pytest.mark.parametrize("is_polite", [True, False])
def test_the_client_notices_that_the_server_has_closed(
    start, listener, accept, authority, tmp_path, is_polite
):
    authority.write(tmp_path, "localhost")
    client = start("tls/upper_client", port=listener.getsockname()[1])
    with accept(authority.server_context()) as sock:
        client.type("hello")
        assert sock.recv(1024) == b"hello"
        if is_polite:
            say_the_end(sock)
    status, output = client.finish()
    assert status == 0
    assert output.endswith("Send: The server closed the connection\n")


@pytest.mark.parametrize("last_line", ["", None], ids=["empty line", "Ctrl-D"])
def test_the_client_says_that_it_has_ended(start, listener, accept, authority, tmp_path, last_line):
    authority.write(tmp_path, "localhost")
    client = start("tls/upper_client", port=listener.getsockname()[1])
    with accept(authority.server_context()) as sock, ThreadPoolExecutor(1) as pool:
        if last_line is not None:
            client.type(last_line)
        end = pool.submit(client.finish)
        assert sock.recv(1024) == b""
        sock.unwrap()
        status, output = end.result()
    assert status == 0
    assert output.rstrip("\n").endswith("Send: ")


def test_the_client_trusts_no_other_authority(start, listener, accept, authority, tmp_path):
    authority.write(tmp_path, "localhost")
    client = start("tls/upper_client", port=listener.getsockname()[1])
    with pytest.raises(ssl.SSLError):
        accept(Authority().server_context())
    status, output = client.finish()
    assert status == 1
    assert "unable to get local issuer certificate" in output.splitlines()[-1]


def test_the_client_takes_no_other_name(start, listener, accept, authority, tmp_path):
    authority.write(tmp_path, "localhost")
    client = start("tls/upper_client", port=listener.getsockname()[1])
    with pytest.raises(ssl.SSLError):
        accept(authority.server_context("other.example"))
    status, output = client.finish()
    assert status == 1
    assert "Hostname mismatch" in output.splitlines()[-1]


def test_a_server_without_its_files_says_so(start, tmp_path):
    client = start("tls/upper_client", port=1)
    status, output = client.finish()
    assert status == 1
    assert output.splitlines()[-1].startswith("FileNotFoundError: ")


def test_the_server_takes_its_files_from_another_folder(start, authority, tmp_path):
    authority.write(tmp_path / "here", "localhost")
    server = start("tls/upper_server", "here")
    assert exchange(server, authority.client_context(), b"hello") == b"HELLO"


@pytest.mark.parametrize(
    "date", [datetime(2100, 2, 28, 23, 59, 59, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)]
)
def test_the_day_of_expiry_is_that_of_the_certificate(start, authority, tmp_path, date):
    authority.write(tmp_path, "localhost", not_after=date)
    server = start("tls/upper_server")
    status, output = start("tls/expiry", port=server.port).finish()
    assert (status, output) == (0, f"Valid until {date:%Y-%m-%d}\n")


def test_a_date_of_a_certificate_is_in_utc():
    expiry = importlib.import_module("tutorial_examples.sockets.tls.expiry")
    assert expiry.moment("Feb 28 23:59:59 2100 GMT") == datetime(
        2100, 2, 28, 23, 59, 59, tzinfo=UTC
    )
    with pytest.raises(ValueError, match="does not match format"):
        expiry.moment("2100-02-28")


def test_ann_is_served_by_name(mutual_server, ann_s_context):
    assert exchange(mutual_server, ann_s_context, b"it is ann") == b"IT IS ANN"
    assert mutual_server.read_line() == "Connection from ann.example"


def test_who_has_no_certificate_or_that_of_a_stranger_is_refused(
    mutual_server, authority, ann_s_context, tmp_path
):
    stranger = authority.client_context()
    Authority().write(tmp_path / "stranger", "ann.example")
    stranger.load_cert_chain(tmp_path / "stranger/server.pem", tmp_path / "stranger/server.key")
    for context in (authority.client_context(), stranger):
        with connect_sealed(mutual_server, context) as sock, pytest.raises(ssl.SSLError):
            sock.recv(1024)
        assert mutual_server.read_line().startswith("Broken off: [SSL: ")
    assert exchange(mutual_server, ann_s_context, b"it is ann") == b"IT IS ANN"


@pytest.mark.parametrize("misbehave", PROMPT_MISBEHAVIOURS)
def test_the_mutual_server_outlives_its_clients(mutual_server, ann_s_context, misbehave):
    misbehave(connect(mutual_server))
    misbehave(connect_sealed(mutual_server, ann_s_context))
    assert exchange(mutual_server, ann_s_context, b"still there") == b"STILL THERE"
