"""Ask over UDP, again if need be, and know which answer belongs to which question.

Start it with `python asking_client.py 12345`; 12345 is the server's port. An empty
line or Ctrl-D ends it.
"""

import itertools
import socket
import sys
import time

PATIENCE = 0.5
ATTEMPTS = 10


def wait_for_answer(sock: socket.socket, number: int, deadline: float) -> bytes:
    """The answer that bears this number; what else comes is passed over.

    Raises:
        TimeoutError: `time.monotonic()` has reached the deadline.
    """
    while (left := deadline - time.monotonic()) > 0:
        sock.settimeout(left)
        number_in_answer, _, answer = sock.recv(65535).partition(b" ")
        if number_in_answer == b"%d" % number:
            return answer
    raise TimeoutError("timed out")


def ask(sock: socket.socket, number: int, text: bytes) -> bytes:
    """Send `number text` until `number answer` comes; returns the answer.

    Raises:
        TimeoutError: None has come to `ATTEMPTS` questions.
    """
    for _ in range(ATTEMPTS):
        sock.send(b"%d %s" % (number, text))
        try:
            return wait_for_answer(sock, number, time.monotonic() + PATIENCE)
        except (TimeoutError, ConnectionRefusedError):
            continue
    raise TimeoutError(f"no answer to {ATTEMPTS} questions")


def main() -> None:
    """Ask until an empty line."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", int(sys.argv[1])))
        for number in itertools.count(1):
            text = input("Send: ")
            if not text:
                break
            try:
                print(ask(sock, number, text.encode()).decode())
            except TimeoutError as error:
                print(error)


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
