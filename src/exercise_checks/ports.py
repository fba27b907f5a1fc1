"""Whether a port is free, in the words that a reader gets if it is not."""

from __future__ import annotations

import socket

from exercise_checks.attempt import NotAsExpected

HOST = "127.0.0.1"
CONNECT_SECONDS = 1.0


def expect_free_tcp(port: int) -> None:
    """Expects nobody to listen on the port before the check begins.

    Raises:
        NotAsExpected: Somebody does, or the system does not give the port away.
    """
    if not _can_listen(port):
        raise taken_tcp(port)


def expect_free_udp(port: int) -> None:
    """Expects nobody to have the port before the check begins.

    Raises:
        NotAsExpected: Somebody has it.
    """
    if not is_free_udp(port):
        raise taken_udp(port)


def taken_tcp(port: int) -> NotAsExpected:
    """What to raise when we cannot have a port on which nobody should listen."""
    if _somebody_listens(port):
        return _taken("TCP", port)
    return NotAsExpected(
        f"TCP port {port} cannot be taken yet: the system remembers a connection of an earlier"
        " server that was not made with socket.create_server; check again in a minute"
    )


def taken_udp(port: int) -> NotAsExpected:
    """What to raise when somebody else has the port."""
    return _taken("UDP", port)


def expect_freed(port: int, name: str) -> None:
    """Expects a TCP server that has ended to have left its port for the next.

    Raises:
        NotAsExpected: The port cannot be taken again.
    """
    if _can_listen(port):
        return
    if _somebody_listens(port):
        raise still_taken(port, name)
    raise NotAsExpected(
        f"{name} was stopped while a client was connected, and now port {port} cannot be taken for"
        " a minute; socket.create_server makes listening sockets that do not mind"
    )


def still_taken(port: int, name: str) -> NotAsExpected:
    """What to raise when something has a port although the server has ended."""
    return NotAsExpected(
        f"{name} has ended, but port {port} is still taken: what it started goes on without it"
    )


def is_free_udp(port: int) -> bool:
    """Whether a program can bind the port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.bind((HOST, port))
        except OSError:
            return False
    return True


def _can_listen(port: int) -> bool:
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return False
    return True


def _somebody_listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=CONNECT_SECONDS).close()
    except ConnectionRefusedError:
        return False
    except OSError:
        return True
    return True


def _taken(protocol: str, port: int) -> NotAsExpected:
    return NotAsExpected(
        f"the exercise needs {protocol} port {port}, and another program has it, perhaps a server"
        " of yours in another terminal; stop that one and check again"
    )
