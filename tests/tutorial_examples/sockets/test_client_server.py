"""The servers that speak first, with clients that do not behave."""

import socket
import struct
import sys
from contextlib import suppress

import pytest

SERVERS = ["client_server/address_server", "client_server/number_server"]

on_windows = sys.platform == "win32"


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=60)


def receive_all(sock):
    answer = b""
    while data := sock.recv(1024):
        answer += data
    return answer.decode()


def test_each_client_is_told_its_own_address(start):
    server = start("client_server/address_server")
    clients = [connect(server) for _ in range(50)]
    for sock in clients:
        with sock:
            assert receive_all(sock) == f"You are {sock.getsockname()}\n"


def test_numbers_go_up_in_the_order_of_connections(start):
    server = start("client_server/number_server")
    clients = [connect(server) for _ in range(50)]
    for number, sock in enumerate(clients, start=1):
        with sock:
            assert receive_all(sock) == f"Your number is {number}\n"


@pytest.mark.parametrize("name", SERVERS)
def test_clients_that_close_reset_or_do_not_read_do_no_harm(start, name):
    server = start(name)
    silent = connect(server)
    for _ in range(20):
        connect(server).close()
        with connect(server) as rude:
            rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with silent, connect(server) as sock:
        assert receive_all(sock).startswith("You")


@pytest.mark.parametrize("name", SERVERS)
def test_a_client_that_talks_without_end_does_no_harm(start, name):
    server = start(name)
    # The server closes with bytes unread, which resets the connection.
    with connect(server) as talker, suppress(ConnectionError):
        talker.sendall(b"x" * 1_000_000)
    with connect(server) as sock:
        assert receive_all(sock).startswith("You")


@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
@pytest.mark.parametrize("name", SERVERS)
def test_a_server_stops_on_ctrl_c_and_starts_again_on_its_port(start, name):
    server = start(name)
    with connect(server) as sock:
        assert receive_all(sock)
        server.read_line()
        assert server.press_ctrl_c() == (0, "\nStopped\n")
    again = start(name, port=server.port)
    assert again.port == server.port
    with connect(again) as sock:
        assert receive_all(sock)


def test_the_client_puts_pieces_together_and_shows_what_is_no_text(start):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = start("client_server/address_client", port=listener.getsockname()[1])
        sock, address = listener.accept()
        with sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in "für ".encode() + b"\xff":
                sock.sendall(bytes([byte]))
        first_line = f"From {address} to {listener.getsockname()}\n"
        assert client.finish() == (0, f"{first_line}für �")


def test_the_client_without_a_server(start):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    status, output = start("client_server/address_client", port=port).finish()
    assert status == 1
    assert output.splitlines()[-1].startswith("ConnectionRefusedError: ")
