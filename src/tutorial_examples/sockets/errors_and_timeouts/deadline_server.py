"""Answer in upper case, but give no client more than a second in all.

Start it with `python deadline_server.py`; Ctrl-C stops it.
"""

import socket
import time

HOST = "127.0.0.1"
PORT = 9999
LIMIT = 1


def serve(sock: socket.socket, deadline: float) -> None:
    """Answer one client until its stream ends.

    Raises:
        TimeoutError: `time.monotonic()` has reached the deadline.
    """
    while (left := deadline - time.monotonic()) > 0:
        sock.settimeout(left)
        data = sock.recv(1024)
        if not data:
            return
        sock.sendall(data.upper())
    raise TimeoutError("timed out")


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            print(f"Connection from {address}")
            with sock:
                try:
                    serve(sock, time.monotonic() + LIMIT)
                except (ConnectionError, TimeoutError) as error:
                    print(f"Broken off: {error}")
            print("Connection closed")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
