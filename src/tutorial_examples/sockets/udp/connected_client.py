"""Send each line you type through a connected UDP socket.

Start it with `python connected_client.py`, with or without a server.
An empty line or Ctrl-D ends it.
"""

import socket

SERVER = ("127.0.0.1", 11111)


def main() -> None:
    """Ask and send until an empty line."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(0.5)
        sock.connect(SERVER)
        while text := input("Send: "):
            try:
                sock.send(text.encode())
                print(sock.recv(1024).decode())
            except TimeoutError:
                print("No answer in half a second")
            except ConnectionRefusedError:
                print("Nobody listens there")


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
