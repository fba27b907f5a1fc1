"""Choose the next hop for an address, as every host and router does.

Import it: `from routes import next_hop`.
"""

import ipaddress


def next_hop(address: str, routes: dict[str, str]) -> str:
    """Return the entry of `routes`, which has networks for keys, that fits `address` best.

    Raises:
        LookupError: None of the networks contains the address.
        ValueError: The address or a network is not written as one.
    """
    wanted = ipaddress.ip_address(address)
    longest = -1
    chosen = ""
    for text, hop in routes.items():
        network = ipaddress.ip_network(text)
        if wanted in network and network.prefixlen > longest:
            longest = network.prefixlen
            chosen = hop
    if longest < 0:
        raise LookupError(f"no route to {address}")
    return chosen
