"""Open a socket in a function, and forget it.

Start it with `python forgetful.py`; with `-X dev` before the name Python complains.
"""

import socket


def own_port():
    """Return a port that the system has chosen."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    return sock.getsockname()[1]


print(own_port() > 0)
