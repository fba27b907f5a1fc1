"""Answer each datagram, however long, with its own letters in upper case.

Start it with `python whole_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 11111
LARGEST = 65535  # no datagram is longer: its length is written in 16 bits


def main() -> None:
    """Serve until Ctrl-C."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((HOST, PORT))
        host, port = sock.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            try:
                data, address = sock.recvfrom(LARGEST)
                sock.sendto(data.upper(), address)
            except OSError as error:
                print(f"Not answered: {error}")
            else:
                print(f"{len(data)} bytes from {address}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
