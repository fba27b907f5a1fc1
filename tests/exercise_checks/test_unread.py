"""Whether pieces that are sent one after another are received one after another."""

import socket
import sys
import threading

import pytest

from exercise_checks import computer, unread
from exercise_checks.unread import wait_until_read

PIECES = [b"one", b"two", b"three"] * 20


@pytest.fixture
def connection():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ours = socket.create_connection(listener.getsockname())
        theirs, _ = listener.accept()
    ours.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with ours, theirs:
        theirs.settimeout(60)
        yield ours, theirs


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_no_two_pieces_are_received_as_one(connection):
    ours, theirs = connection
    received = []

    def receive():
        while piece := theirs.recv(1024):
            received.append(piece)

    thread = threading.Thread(target=receive)
    thread.start()
    for piece in PIECES:
        ours.sendall(piece)
        wait_until_read(ours)
    ours.shutdown(socket.SHUT_WR)
    thread.join()
    assert received == PIECES


@pytest.mark.parametrize("is_known", [True, False])
def test_nobody_is_waited_for_without_end(connection, monkeypatch, is_known):
    monkeypatch.setattr(unread, "LONGEST_SECONDS", 0.05)
    if not is_known:
        monkeypatch.setattr(computer, "TABLES", ())
    ours, theirs = connection
    ours.sendall(b"nobody reads this")
    wait_until_read(ours)
    theirs.close()
    ours.close()
    wait_until_read(ours)
