"""Test a client that is asked by a server in pieces.

Start it with `python -m pytest test_ask.py`. It needs pytest, and mended_client.py
beside it.
"""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from mended_client import ask

Play = Callable[[list[bytes]], socket.socket]


@pytest.fixture
def play() -> Iterator[Play]:
    """A function that plays a server: it waits for a line, and answers in these pieces."""
    client, sock = socket.socketpair()
    threads = []

    def answer(pieces: list[bytes]) -> None:
        with sock, sock.makefile("rb") as lines:
            lines.readline()
            for piece in pieces:
                sock.sendall(piece)

    def start(pieces: list[bytes]) -> socket.socket:
        threads.append(threading.Thread(target=answer, args=(pieces,)))
        threads[-1].start()
        return client

    with client, sock:
        client.settimeout(5)
        sock.settimeout(5)
        yield start
        client.close()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("pieces", [[b"HELLO\n"], [b"HEL", b"LO\n"], [b"HELLO", b"\n"]])
def test_an_answer_in_pieces(play: Play, pieces: list[bytes]) -> None:
    """However it comes, it is the same answer."""
    assert ask(play(pieces), "hello") == "HELLO"


@pytest.mark.parametrize("pieces", [[], [b"HEL"]])
def test_an_answer_that_breaks_off(play: Play, pieces: list[bytes]) -> None:
    """Half an answer is none."""
    with pytest.raises(EOFError):
        ask(play(pieces), "hello")
