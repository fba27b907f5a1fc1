"""Send each line you type, and wait half a second for its answer.

Start it with `python timeout_client.py`, with or without a server.
An empty line or Ctrl-D ends it.
"""

import socket

SERVER = ("127.0.0.1", 11111)


def main() -> None:
    """Ask and send until an empty line."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(0.5)
        while text := input("Send: "):
            sock.sendto(text.encode(), SERVER)
            try:
                data, address = sock.recvfrom(1024)
            except TimeoutError:
                print("No answer in half a second")
            else:
                print(data.decode())


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
