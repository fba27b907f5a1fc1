"""The host of a client, as a list of hosts would have it.

Use it with `from client_host import client_host`.
"""

import ipaddress
from typing import Any


def client_host(address: tuple[Any, ...]) -> str:
    """The host in the address of a socket, an IPv4 one as such even if it came in as IPv6.

    Raises:
        ValueError: The first part of the address is no IP address.
    """
    host = ipaddress.ip_address(address[0])
    if isinstance(host, ipaddress.IPv6Address) and host.ipv4_mapped:
        return str(host.ipv4_mapped)
    return str(host)
