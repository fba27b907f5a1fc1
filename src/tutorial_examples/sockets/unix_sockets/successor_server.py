"""Take over another server's listening socket, and go on serving.

Whoever gives it away must wait at `handover.sock`. Start it with
`python successor_server.py`; Ctrl-C stops it.
"""

import socket

HANDOVER = "handover.sock"


def take_over() -> socket.socket:
    """The listening socket that the other program sends.

    Raises:
        ConnectionError: It sent none.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.connect(HANDOVER)
        data, descriptors, flags, address = socket.recv_fds(sock, 1024, 1)
    if not descriptors:
        raise ConnectionError("no descriptor came")
    return socket.socket(fileno=descriptors[0])


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with take_over() as listener:
        host, port = listener.getsockname()
        print(f"Took over {host} port {port}")
        while True:
            sock, address = listener.accept()
            with sock:
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
