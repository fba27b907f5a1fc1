"""Say by which address this machine would reach a host.

Start it with `python own_address.py HOST`.
"""

import socket
import sys

ANY_PORT = 9


def own_address(host: str) -> str:
    """The address of this machine in the network that leads to `host`. Sends nothing.

    Raises:
        OSError: There is no such host, or no network leads to it.
        UnicodeError: No host can have this name.
    """
    found = socket.getaddrinfo(host, ANY_PORT, type=socket.SOCK_DGRAM)
    family, kind, _, _, address = found[0]
    with socket.socket(family, kind) as sock:
        sock.connect(address)
        return str(sock.getsockname()[0])


def main() -> None:
    """Print the address for the host that the command line names."""
    [host] = sys.argv[1:]
    try:
        print(own_address(host))
    except (OSError, UnicodeError) as error:
        sys.exit(f"{host}: {error}")


if __name__ == "__main__":
    main()
