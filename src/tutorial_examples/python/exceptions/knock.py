"""Find out whether a server listens.

Use it with `from knock import knock`.
"""

import socket


def knock(address):
    """Return what happened when a connection to this address was tried."""
    sock = socket.socket()
    try:
        sock.settimeout(5)
        sock.connect(address)
    except ConnectionRefusedError:
        return "refused"
    except TimeoutError:
        return "no answer"
    else:
        return "open"
    finally:
        sock.close()
