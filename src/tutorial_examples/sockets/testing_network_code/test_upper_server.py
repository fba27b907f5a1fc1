"""Test the server through real sockets, with good clients and bad ones.

Start it with `python -m pytest test_upper_server.py`. It needs pytest, and
upper_server.py and line_protocol.py beside it.
"""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from upper_server import Server, UpperHandler, serve

Address = tuple[str, int]


# [pair]
def test_serve_with_a_pair_of_sockets() -> None:
    """What the client sends first waits in its socket until serve asks for it."""
    client, sock = socket.socketpair()
    with client, sock:
        client.settimeout(5)
        client.sendall(b"Hel")
        client.sendall(b"lo\nanother\n")
        client.shutdown(socket.SHUT_WR)
        serve(sock)
        assert client.recv(1024) == b"HELLO\nANOTHER\n"


# [/pair]


# [fixture]
@pytest.fixture
def address() -> Iterator[Address]:
    """The address of a server that runs while the test does."""
    with Server(("127.0.0.1", 0), UpperHandler) as server:
        server.daemon_threads = False
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.socket.getsockname()
        server.shutdown()
        thread.join()


def exchange(address: Address, request: bytes) -> bytes:
    """Send a request, end the stream, and receive up to the end of the answer."""
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        with sock.makefile("rb") as answer:
            return answer.read()


def test_a_client(address: Address) -> None:
    """Two lines, two answers."""
    assert exchange(address, b"one\ntwo\n") == b"ONE\nTWO\n"


def test_many_clients_at_once(address: Address) -> None:
    """Each gets its own answer."""
    with ThreadPoolExecutor(50) as pool:
        requests = [b"client %d\n" % number for number in range(50)]
        answers = list(pool.map(lambda request: exchange(address, request), requests))
    assert answers == [request.upper() for request in requests]


# [/fixture]


# [hostile]
def close_at_once(sock: socket.socket) -> None:
    """Say nothing."""
    sock.close()


def send_half_a_line(sock: socket.socket) -> None:
    """Leave in the middle."""
    sock.sendall(b"half a li")
    sock.close()


def reset(sock: socket.socket) -> None:
    """Break off: with a linger time of 0 seconds, close means reset."""
    sock.sendall(b"half a li")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def send_a_megabyte_without_a_newline(sock: socket.socket) -> None:
    """Try to fill the server's memory; it may hang up first."""
    with suppress(ConnectionError):
        sock.sendall(b"x" * 1_000_000)
    sock.close()


def send_what_is_no_text(sock: socket.socket) -> None:
    """These bytes are no UTF-8."""
    sock.sendall(b"\xff\xfe\n")
    sock.close()


@pytest.mark.parametrize(
    "misbehave",
    [
        close_at_once,
        send_half_a_line,
        reset,
        send_a_megabyte_without_a_newline,
        send_what_is_no_text,
    ],
)
def test_the_server_survives(address: Address, misbehave: Callable[[socket.socket], None]) -> None:
    """Whatever one client does, the next is served."""
    misbehave(socket.create_connection(address, timeout=5))
    assert exchange(address, b"still there\n") == b"STILL THERE\n"


# [/hostile]
