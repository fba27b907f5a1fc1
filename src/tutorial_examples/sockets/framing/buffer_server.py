"""Collect pieces until a line is complete, and show the buffer at each step.

Start it with `python buffer_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000


def serve(sock: socket.socket) -> None:
    """Show how one client's pieces become lines, until its stream ends.

    Raises:
        ValueError: The buffer holds more than `LONGEST` bytes and no line.
    """
    buffer = b""
    while piece := sock.recv(1024):
        buffer += piece
        print("recv", piece, "buffer", buffer)
        while b"\n" in buffer:
            line, _, buffer = buffer.partition(b"\n")
            print("line", line, "buffer", buffer)
        if len(buffer) > LONGEST:
            raise ValueError(f"a line of more than {LONGEST} bytes")
    print("end of stream, buffer", buffer)


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            with sock:
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
