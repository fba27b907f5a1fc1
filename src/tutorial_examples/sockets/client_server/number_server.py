"""Give each client a number of its own, as a machine at a counter does.

Start it with `python number_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999


def main() -> None:
    """Answer one client after another until Ctrl-C."""
    number = 0
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            number += 1
            print(f"Number {number} for {address}")
            with sock:
                try:
                    sock.sendall(f"Your number is {number}\n".encode())
                except ConnectionError as error:
                    print(f"Not answered: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
