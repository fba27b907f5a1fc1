"""Clients of TCP servers, well-behaved and not."""

import socket
import struct


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


def send_nothing_and_end(sock):
    sock.shutdown(socket.SHUT_WR)
    receive_until_the_end(sock)
    sock.close()


def send_a_megabyte_without_a_newline(sock):
    try:
        sock.sendall(b"x" * 1_048_576)
        sock.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # The server may have closed already, which is its right.
    receive_until_the_end(sock)
    sock.close()


def send_what_is_no_text(sock):
    sock.sendall(b"\xff\xfe\x00\n")
    sock.shutdown(socket.SHUT_WR)
    receive_until_the_end(sock)
    sock.close()


MISBEHAVIOURS = [
    close_at_once,
    reset,
    send_half_and_close,
    send_half_and_reset,
    send_nothing_and_end,
    send_a_megabyte_without_a_newline,
    send_what_is_no_text,
]
