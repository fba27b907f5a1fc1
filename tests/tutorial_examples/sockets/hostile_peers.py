"""Clients of TCP servers, well-behaved and not."""

import socket
import struct
from contextlib import suppress


def connect(server):
    """A connection to a started listing, which waits for a minute at most."""
    return socket.create_connection(("127.0.0.1", server.port), timeout=60)


def reset(sock):
    """Close a connection the rude way: no end of stream, a reset."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def receive_all(sock):
    """Receive up to the end of the stream."""
    pieces = []
    while piece := sock.recv(65536):
        pieces.append(piece)
    return b"".join(pieces)


def receive_until_the_end(sock):
    """Receive up to the end of the stream, or to a reset; both are an end."""
    pieces = []
    try:
        while piece := sock.recv(65536):
            pieces.append(piece)
    except ConnectionError:
        pass
    return b"".join(pieces)


def send_until_full(sock, data):
    """Send again and again, and never read, until there is no more room."""
    sock.setblocking(False)
    try:
        while True:
            sock.send(data)
    except BlockingIOError:
        pass


def exchange(server, data):
    """Send all, say that it is all, and receive all."""
    with connect(server) as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        return receive_all(sock)


def close_at_once(sock):
    sock.close()


def send_half_and_close(sock):
    sock.sendall(b"half a mess")
    sock.close()


def send_half_and_reset(sock):
    sock.sendall(b"half a mess")
    reset(sock)


def send_and_end(sock, data):
    """Send, end the stream, and hear the other side out, which may hang up first."""
    with sock:
        with suppress(OSError):
            sock.sendall(data)
            sock.shutdown(socket.SHUT_WR)
        receive_until_the_end(sock)


def send_nothing_and_end(sock):
    send_and_end(sock, b"")


def send_a_megabyte_without_a_newline(sock):
    send_and_end(sock, b"x" * 1_048_576)


def send_what_is_no_text(sock):
    send_and_end(sock, b"\xff\xfe\x00\n")


MISBEHAVIOURS = [
    close_at_once,
    reset,
    send_half_and_close,
    send_half_and_reset,
    send_nothing_and_end,
    send_a_megabyte_without_a_newline,
    send_what_is_no_text,
]
