"""Receive from one client, once for each time you press Enter.

Start it with `python step_server.py`, then a client that sends something.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999


def main() -> None:
    """Show each piece that recv returns, up to the end of the stream."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        sock, address = listener.accept()
        print(f"Connection from {address}")
        with sock:
            data = None
            while data != b"":
                input("Press Enter to receive: ")
                data = sock.recv(1024)
                print(data)


if __name__ == "__main__":
    try:
        main()
    except (EOFError, KeyboardInterrupt):
        print("\nStopped")
