"""Send one line to the upper-case server, print its answer, and end.

Start a UDP server first, then `python upper_udp_client.py` in a second terminal.
"""

import socket

SERVER = ("127.0.0.1", 11111)


def main() -> None:
    """Ask once, and wait five seconds at most."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(5)
        sock.sendto(input("Send: ").encode(), SERVER)
        try:
            data, address = sock.recvfrom(65535)
            print("Recv:", data.decode())
        except TimeoutError:
            print("No answer in five seconds")


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
