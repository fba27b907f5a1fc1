"""Send until there is no more room, and read the answers only when you press Enter.

Start a server first, then `python slow_client.py` in a second terminal.
"""

import select
import socket

SERVER = ("127.0.0.1", 9999)
MOST = 50_000_000


def send_until_full(sock: socket.socket) -> int:
    """Send until for half a second there was no room; returns how many bytes."""
    piece = b"x" * 65536
    sent = 0
    while sent < MOST:
        _, writable, _ = select.select([], [sock], [], 0.5)
        if not writable:
            break
        sent += sock.send(piece)
    return sent


def main() -> None:
    """Send, wait for Enter, and receive as many bytes as were sent."""
    with socket.create_connection(SERVER) as sock:
        sock.setblocking(False)
        sent = send_until_full(sock)
        print("All sent" if sent >= MOST else "No more room")
        input("Press Enter to read: ")
        sock.setblocking(True)
        left = sent
        while left and (data := sock.recv(65536)):
            left -= len(data)
        print(f"{left} bytes are missing")


if __name__ == "__main__":
    try:
        main()
    except ConnectionError as error:
        print(f"Broken off: {error}")
