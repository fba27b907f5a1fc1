"""Say whether this machine has IPv6 on loopback.

Start it with `python ipv6_here.py`.
"""

import socket


def has_ipv6() -> bool:
    """Whether a socket can be bound to `::1` here."""
    if not socket.has_ipv6:
        return False
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
            sock.bind(("::1", 0))
            return True
    except OSError:
        return False


if __name__ == "__main__":
    print("IPv6 on loopback:", "yes" if has_ipv6() else "no")
