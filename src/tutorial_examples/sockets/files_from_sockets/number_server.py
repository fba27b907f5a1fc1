"""Send back each line with its number in front.

Start it with `python number_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000


def serve(sock: socket.socket) -> None:
    """Number one client's lines until its stream ends.

    Raises:
        ValueError: A line has more than `LONGEST` bytes, or it broke off.
    """
    number = 0
    with sock.makefile("rwb") as file:
        while line := file.readline(LONGEST + 1):
            if not line.endswith(b"\n"):
                raise ValueError(f"{len(line)} bytes and no end of line")
            number += 1
            file.write(b"%d %b" % (number, line))
            file.flush()


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, _ = listener.accept()
            with sock:
                sock.settimeout(60)
                try:
                    serve(sock)
                except (OSError, ValueError) as error:
                    print(f"Broken off: {error}")
            print("Connection closed")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
