"""Look for neither the end of the stream nor the end of a line: two mistakes.

Start it with `python spinning_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999


def serve(sock: socket.socket) -> None:
    """Answer one client until it sends an empty line."""
    # `while True` would be the whole mistake, and fill the terminal.
    for count in range(1, 6):
        data = sock.recv(1024)
        if data == b"\r\n":
            break
        print(count, data[:-2])
        sock.sendall(data.upper())


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
                except ConnectionError as error:
                    print(f"Broken off: {error}")
            print("Connection closed")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
