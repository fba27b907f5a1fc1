"""Send to a group one datagram for each number on the command line.

Start `gap_server.py` first, then `python numbered_sender.py 1 2 4`.
"""

import socket
import sys

GROUP = ("239.1.2.3", 11111)
INTERFACE = "127.0.0.1"


def main(numbers: list[str]) -> None:
    """Send the numbers, in their order."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        interface = socket.inet_aton(INTERFACE)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, interface)
        for number in numbers:
            sock.sendto(f"{number} news".encode(), GROUP)
    print(f"Sent {len(numbers)} datagrams")


if __name__ == "__main__":
    main(sys.argv[1:])
