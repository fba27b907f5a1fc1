"""Connect to a server, and print all that it says until it closes.

Start a server first, then `python address_client.py` in a second terminal.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def main() -> None:
    """Connect, then receive up to the end of the stream."""
    answer = b""
    with socket.create_connection(SERVER) as sock:
        print(f"From {sock.getsockname()} to {sock.getpeername()}")
        while data := sock.recv(1024):
            answer += data
    print(answer.decode(errors="replace"), end="")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
