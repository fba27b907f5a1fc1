"""Measure requests that are sent in two small pieces.

Start it with `python small_pieces.py`.
"""

import socket
import time

COUNT = 10


def receive_line(sock: socket.socket) -> bytes:
    """Receive up to the end of a line; nothing may follow it yet."""
    line = b""
    while not line.endswith(b"\n"):
        data = sock.recv(1024)
        if not data:
            raise EOFError("the stream ended before the line did")
        line += data
    return line


def exchange(client: socket.socket, server: socket.socket) -> None:
    """Send a request in two pieces, and its answer back."""
    client.sendall(b"Hel")
    client.sendall(b"lo\n")
    server.sendall(receive_line(server).upper())
    receive_line(client)


def measure(no_delay: int) -> float:
    """The milliseconds that an exchange takes, with TCP_NODELAY on or off."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname(), timeout=60)
        server, _ = listener.accept()
    with client, server:
        server.settimeout(60)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, no_delay)
        begin = time.perf_counter()
        for _ in range(COUNT):
            exchange(client, server)
        return (time.perf_counter() - begin) / COUNT * 1000


def main() -> None:
    """Measure both ways."""
    for no_delay in 0, 1:
        print(f"TCP_NODELAY {no_delay}: {measure(no_delay):.2f} ms for an exchange")


if __name__ == "__main__":
    main()
