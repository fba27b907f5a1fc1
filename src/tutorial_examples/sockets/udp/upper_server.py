"""Answer each datagram with its own letters in upper case.

Start it with `python upper_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 11111


def main() -> None:
    """Serve until Ctrl-C."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((HOST, PORT))
        host, port = sock.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            data, address = sock.recvfrom(1024)
            print(f"{len(data)} bytes from {address}")
            sock.sendto(data.upper(), address)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
