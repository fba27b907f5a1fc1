"""Send each line you type to a group, and print the members' answers.

Start some `group_server.py` first, then `python group_client.py 2` to wait for
two answers to each line. An empty line or Ctrl-D ends it.
"""

import socket
import sys
import time

GROUP = ("239.1.2.3", 11111)
INTERFACE = "127.0.0.1"
PATIENCE = 3.0


def receive_answers(sock: socket.socket, wanted: int) -> list[bytes]:
    """Up to `wanted` answers, as many as come in time."""
    answers: list[bytes] = []
    deadline = time.monotonic() + PATIENCE
    while len(answers) < wanted:
        sock.settimeout(max(deadline - time.monotonic(), 0.001))
        try:
            data, address = sock.recvfrom(65535)
        except TimeoutError:
            break
        answers.append(data)
    return answers


def main(wanted: int) -> None:
    """Ask the group until an empty line."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        interface = socket.inet_aton(INTERFACE)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, interface)
        while text := input("Send: "):
            sock.sendto(text.encode(), GROUP)
            for answer in sorted(receive_answers(sock, wanted)):
                print(answer.decode())


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except EOFError:
        print()
