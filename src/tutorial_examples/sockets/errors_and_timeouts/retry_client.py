"""Connect, with more attempts if need be, send one line and print its answer.

Start it with `python retry_client.py`, with or without a server.
"""

import socket
import sys
import time

SERVER = ("127.0.0.1", 9999)
PATIENCE = 2
ATTEMPTS = 5
FIRST_PAUSE = 0.1


def connect(address: tuple[str, int]) -> socket.socket:
    """Connect, trying again after a pause that doubles each time.

    Raises:
        OSError: The last attempt failed too, or the trouble is none that passes.
    """
    pause = FIRST_PAUSE
    for _ in range(ATTEMPTS - 1):
        try:
            return socket.create_connection(address, timeout=PATIENCE)
        except (ConnectionRefusedError, TimeoutError) as error:
            print(f"{error}; next attempt in {pause} seconds")
            time.sleep(pause)
            pause *= 2
    return socket.create_connection(address, timeout=PATIENCE)


def main() -> None:
    """Ask once."""
    request = input("Send: ").encode()
    try:
        with connect(SERVER) as sock:
            sock.sendall(request)
            data = sock.recv(1024)
            print(data.decode() if data else "The server closed the connection")
    except OSError as error:
        sys.exit(f"No answer: {error}")


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
