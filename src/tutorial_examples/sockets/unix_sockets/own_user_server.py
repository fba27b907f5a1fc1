"""Serve processes of one's own user only, at an abstract name (Linux).

Start it with `python own_user_server.py`; Ctrl-C stops it.
"""

import os
import socket
import struct

NAME = "\0upper"


def process_and_user(sock: socket.socket) -> tuple[int, int]:
    """The numbers of the process and of the user at the other end."""
    size = struct.calcsize("3i")
    data = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    process, user, group = struct.unpack("3i", data)
    return process, user


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(NAME)
        listener.listen()
        print(f"Listening on {NAME!r}")
        while True:
            sock, _ = listener.accept()
            with sock:
                process, user = process_and_user(sock)
                print(f"Connection from process {process} of user {user}")
                if user != os.getuid():
                    print("Refused")
                    continue
                sock.settimeout(60)
                try:
                    while data := sock.recv(1024):
                        sock.sendall(data.upper())
                except OSError as error:
                    print(f"Broken off: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
