"""Connect to whichever of several addresses answers first.

Use it with `from first_to_answer import connect_to_first`.
"""

import errno
import os
import selectors
import socket
import time

UNDER_WAY = {0, errno.EINPROGRESS, errno.EWOULDBLOCK}


def connect_to_first(addresses: list[tuple[str, int]], patience: float) -> socket.socket:
    """A connection to the IPv4 address that answers first; all other attempts are given up.

    Raises:
        TimeoutError: None has answered within `patience` seconds.
        OSError: Each attempt has failed; this is how the last one did.
    """
    deadline = time.monotonic() + patience
    error = errno.EADDRNOTAVAIL
    with selectors.DefaultSelector() as selector:
        try:
            for address in addresses:
                attempt = socket.socket()
                attempt.setblocking(False)
                selector.register(attempt, selectors.EVENT_WRITE, data=attempt)
                error = attempt.connect_ex(address)
                if error not in UNDER_WAY:
                    selector.unregister(attempt)
                    attempt.close()
            while selector.get_map():
                ready = selector.select(deadline - time.monotonic())
                if not ready:
                    raise TimeoutError(f"no answer within {patience} seconds")
                for key, _ in ready:
                    sock: socket.socket = key.data
                    selector.unregister(sock)
                    error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                    if not error:
                        sock.setblocking(True)
                        return sock
                    sock.close()
        finally:
            for key in list(selector.get_map().values()):
                selector.unregister(key.data)
                key.data.close()
    raise OSError(error, os.strerror(error))
