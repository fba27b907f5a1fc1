"""Answer in upper case, and hang up on a client that stays silent for a second.

Start it with `python upper_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999
PATIENCE = 1


def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends."""
    while data := sock.recv(1024):
        sock.sendall(data.upper())


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            print(f"Connection from {address}")
            with sock:
                sock.settimeout(PATIENCE)
                try:
                    serve(sock)
                except TimeoutError:
                    print(f"Nothing came for {PATIENCE} s")
                except ConnectionError as error:
                    print(f"Broken off: {error}")
            print("Connection closed")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
