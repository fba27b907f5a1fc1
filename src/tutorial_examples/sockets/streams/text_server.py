"""Receive a whole text from each client, and answer it in upper case.

Start it with `python text_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1_000_000


def receive_all(sock: socket.socket) -> bytes:
    """Receive up to the end of the stream.

    Raises:
        ValueError: More than `LONGEST` bytes came.
    """
    data = bytearray()
    while piece := sock.recv(4096):
        data += piece
        if len(data) > LONGEST:
            raise ValueError(f"more than {LONGEST} bytes")
    return bytes(data)


def serve(sock: socket.socket) -> None:
    """Answer one client, who says by an end of stream that its text is complete."""
    data = receive_all(sock)
    print(f"Received {len(data)} bytes")
    sock.sendall(data.decode().upper().encode())


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            with sock:
                sock.settimeout(10)
                try:
                    serve(sock)
                except (OSError, ValueError) as error:
                    print(f"Broken off: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
