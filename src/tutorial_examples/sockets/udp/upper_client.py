"""Send each line you type to the upper-case server, and print its answer.

Start `upper_server.py` first, then `python upper_client.py` in a second
terminal. An empty line or Ctrl-D ends it.
"""

import socket

SERVER = ("127.0.0.1", 11111)


def main() -> None:
    """Ask and send until an empty line."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        while text := input("Send: "):
            sock.sendto(text.encode(), SERVER)
            data, address = sock.recvfrom(1024)
            print(data.decode())


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
