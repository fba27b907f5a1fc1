"""Tell each client the address that it comes from.

Start it with `python address_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999


def main() -> None:
    """Answer one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            print(f"Connection from {address}")
            with sock:
                try:
                    sock.sendall(f"You are {address}\n".encode())
                except ConnectionError as error:
                    print(f"Not answered: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
