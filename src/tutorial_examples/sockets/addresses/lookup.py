"""Print every address that a host name leads to.

Start it with `python lookup.py HOST PORT`.
"""

import socket
import sys


def lookup(host: str, port: str) -> list[str]:
    """The host's addresses for TCP, such as `IPv4 127.0.0.1 port 80`, in the order to try them.

    Raises:
        socket.gaierror: There is no such host, or no such port.
        UnicodeError: No host can have this name.
    """
    versions = {socket.AF_INET: "IPv4", socket.AF_INET6: "IPv6"}
    lines = []
    for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        line = " ".join(map(str, [versions[family], address[0], "port", address[1]]))
        if line not in lines:
            lines.append(line)
    return lines


def main() -> None:
    """Look up what the command line names."""
    host, port = sys.argv[1:]
    try:
        for line in lookup(host, port):
            print(line)
    except (socket.gaierror, UnicodeError) as error:
        sys.exit(f"{host} port {port}: {error}")


if __name__ == "__main__":
    main()
