"""Send each line you type to all servers at once, and print their answers.

Start some `broadcast_server.py` first, then `python broadcast_client.py 2` to
wait for two answers to each line. An empty line or Ctrl-D ends it.
"""

import socket
import sys
import time

EVERYBODY = ("127.255.255.255", 11111)
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
    """Ask everybody until an empty line."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        while text := input("Send: "):
            sock.sendto(text.encode(), EVERYBODY)
            for answer in sorted(receive_answers(sock, wanted)):
                print(answer.decode())


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except EOFError:
        print()
