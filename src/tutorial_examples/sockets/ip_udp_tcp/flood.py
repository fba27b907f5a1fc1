"""Send more datagrams than a receiver takes, and see which of them arrive.

Import it: `from flood import receive_numbers, send_numbers`.
"""

import socket


def send_numbers(sock: socket.socket, address: tuple[str, int], count: int) -> None:
    """Send `count` datagrams of 1000 bytes that begin with 0, 1, 2 ... as two bytes each."""
    for number in range(count):
        sock.sendto(number.to_bytes(2, "big") + bytes(998), address)


def receive_numbers(sock: socket.socket) -> list[int]:
    """Return the numbers of all datagrams that arrive, until none has come for 0.2 seconds.

    Datagrams that are too short to have a number are passed over.
    """
    sock.settimeout(0.2)
    numbers: list[int] = []
    while True:
        try:
            data = sock.recv(1000)
        except TimeoutError:
            return numbers
        if len(data) >= 2:
            numbers.append(int.from_bytes(data[:2], "big"))
