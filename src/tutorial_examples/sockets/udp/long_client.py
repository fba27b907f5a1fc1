"""Send one datagram of 2000 letters, and count the letters that come back.

Start a server first, then `python long_client.py` in a second terminal.
"""

import socket

SERVER = ("127.0.0.1", 11111)


def main() -> None:
    """Send once, receive once."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sent = sock.sendto(b"x" * 2000, SERVER)
        data, address = sock.recvfrom(65535)
        print(f"Sent {sent} bytes, got {len(data)} back")


if __name__ == "__main__":
    main()
