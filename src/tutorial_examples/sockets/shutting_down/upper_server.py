"""Answer lines in upper case, each client in a thread; told to stop, finish what is under way.

A line begins with the number of seconds that its answer takes: `0.5 hello`.
Start it with `python upper_server.py`; Ctrl-C or SIGTERM stops it.
"""

import signal
import socket
import sys
import threading
import time
from contextlib import suppress

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000
PATIENCE = 60.0
DEADLINE = 1.0

Client = tuple[threading.Thread, socket.socket]


def answer(line: bytes) -> bytes:
    """Work on a line such as `0.5 hello` for half a second, and return `HELLO`.

    Raises:
        ValueError: The line is of another kind, or asks for more than `PATIENCE`.
    """
    number, _, text = line.decode().partition(" ")
    seconds = float(number)
    if not 0 <= seconds <= PATIENCE:
        raise ValueError(f"no work takes {seconds} seconds")
    print(f"Working on {text.rstrip()!r}")
    time.sleep(seconds)
    return text.upper().encode()


# [serve]
def serve(sock: socket.socket, address: tuple[str, int], stopping: threading.Event) -> None:
    """Answer one client's lines until its stream ends or the server is stopping."""
    print(f"Connection from {address}")
    sock.settimeout(PATIENCE)
    try:
        with sock, sock.makefile("rb") as lines:
            while (line := lines.readline(LONGEST)).endswith(b"\n"):
                sock.sendall(answer(line))
                if stopping.is_set():
                    break
    except (OSError, ValueError) as error:
        print(f"Broken off: {error}")
    print("Connection closed")


# [/serve]


# [stop]
def accept_clients(clients: list[Client], stopping: threading.Event) -> None:
    """Serve each client in a thread of its own, for ever."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            arguments = (sock, address, stopping)
            thread = threading.Thread(target=serve, args=arguments, daemon=True)
            clients[:] = [client for client in clients if client[0].is_alive()]
            clients.append((thread, sock))
            thread.start()


def finish(clients: list[Client], stopping: threading.Event) -> int:
    """Wait for the answers that are under way; returns how many are late."""
    stopping.set()
    for _, sock in clients:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RD)
    end = time.monotonic() + DEADLINE
    for thread, _ in clients:
        if thread.is_alive():
            thread.join(max(0.0, end - time.monotonic()))
    return sum(thread.is_alive() for thread, _ in clients)


def main() -> None:
    """Serve until Ctrl-C or SIGTERM, and end in order."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    clients: list[Client] = []
    stopping = threading.Event()
    try:
        accept_clients(clients, stopping)
    except KeyboardInterrupt:
        print("\nStopping")
    late = finish(clients, stopping)
    print(f"Stopped, {late} cut off")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
# [/stop]
