"""Send three lines at once, and print the answer to each.

Start `upper_line_server.py` first, then `python upper_line_client.py` in a
second terminal.
"""

import socket
from collections.abc import Iterator

SERVER = ("127.0.0.1", 9999)


def receive_lines(sock: socket.socket) -> Iterator[bytes]:
    r"""Yield each line, without its `\n`, as soon as it is complete."""
    buffer = b""
    while piece := sock.recv(1024):
        buffer += piece
        while b"\n" in buffer:
            line, _, buffer = buffer.partition(b"\n")
            yield line


# [main]
def main() -> None:
    """Send all lines with one call; receive as many."""
    lines = ["Hello", "Große Straße", "How are you?"]
    with socket.create_connection(SERVER) as sock:
        sock.sendall("".join(line + "\n" for line in lines).encode())
        answers = receive_lines(sock)
        for line in lines:
            answer = next(answers, None)
            if answer is None:
                print("The server closed the connection")
                break
            print(line, "->", answer.decode())


# [/main]


if __name__ == "__main__":
    main()
