"""Have the system find out that the other side of a connection is gone.

Use it with `from keep_alive import keep_alive`.
"""

import socket
import sys


def keep_alive(sock: socket.socket, idle: int) -> None:
    """Have the system ask the other side for a sign of life after `idle` seconds of silence.

    It asks five times, every ten seconds. If no answer comes, a call that waits on the
    socket raises `TimeoutError`, or else the next call does.
    """
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if sys.platform == "darwin":
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPALIVE, idle)
    else:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, idle)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 10)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 5)
