"""Add up numbers for each client, each request once, however often it comes.

Start it with `python sum_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 11111
MOST_CLIENTS = 1000
LARGEST = 10**9

Address = tuple[str, int]


class Sums:
    """The sum of each client's numbers, and what its last request was answered."""

    def __init__(self) -> None:
        self._sums: dict[Address, int] = {}
        self._last: dict[Address, tuple[bytes, bytes]] = {}

    # [answer]
    def answer(self, request: bytes, address: Address) -> bytes:
        """Answer `id number` with `id sum`, and the same request with the same answer.

        Raises:
            ValueError: The request is not of this form.
        """
        request_id, _, number = request.partition(b" ")
        last_id, last_answer = self._last.get(address, (b"", b""))
        if request_id != last_id:
            self._forget_oldest()
            self._sums[address] = self._sums.get(address, 0) + read_number(number)
            last_answer = b"%s %d" % (request_id, self._sums[address])
            self._last[address] = (request_id, last_answer)
        return last_answer

    # [/answer]

    def _forget_oldest(self) -> None:
        if len(self._sums) > MOST_CLIENTS:
            oldest = next(iter(self._sums))
            del self._sums[oldest], self._last[oldest]


def read_number(text: bytes) -> int:
    """The number that a request adds.

    Raises:
        ValueError: It is not one, or above `LARGEST`.
    """
    if len(text) > len(str(LARGEST)) or int(text) > LARGEST:
        raise ValueError(f"no number up to {LARGEST}")
    return int(text)


def main() -> None:
    """Serve until Ctrl-C; leave unanswered what is no request."""
    sums = Sums()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((HOST, PORT))
        host, port = sock.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            try:
                request, address = sock.recvfrom(65535)
                sock.sendto(sums.answer(request, address), address)
            except (ValueError, OSError) as error:
                print(f"Not answered: {error}")
            else:
                print(f"Answered {request!r}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
