"""Answer lines in upper case, each client in a thread, and end in the middle of the work.

A line begins with the number of seconds that its answer takes: `0.5 hello`.
Start it with `python hasty_server.py`; Ctrl-C stops it.
"""

import socket
import threading
import time

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000
PATIENCE = 60.0


# [serve]
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


def serve(sock: socket.socket) -> None:
    """Answer one client's lines until its stream ends."""
    sock.settimeout(PATIENCE)
    try:
        with sock, sock.makefile("rb") as lines:
            while (line := lines.readline(LONGEST)).endswith(b"\n"):
                sock.sendall(answer(line))
    except (OSError, ValueError) as error:
        print(f"Broken off: {error}")
    print("Connection closed")


# [/serve]


def main() -> None:
    """Serve each client in a thread of its own until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            print(f"Connection from {address}")
            threading.Thread(target=serve, args=(sock,), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
