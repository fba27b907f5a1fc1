"""Answer each datagram with its text in upper case, accents and all.

Start it with `python text_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 11111


def main() -> None:
    """Serve until Ctrl-C; leave unanswered what cannot be answered."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((HOST, PORT))
        host, port = sock.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            data, address = sock.recvfrom(65535)
            try:
                text = data.decode()
                sock.sendto(text.upper().encode(), address)
            except (UnicodeDecodeError, OSError) as error:
                print(f"Not answered: {error}")
            else:
                print(f"{len(text)} characters from {address}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
