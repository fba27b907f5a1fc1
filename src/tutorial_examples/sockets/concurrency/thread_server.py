"""Answer every client in upper case, each in a thread of its own.

Start it with `python thread_server.py`; Ctrl-C stops it.
"""

import socket
import threading

HOST = "127.0.0.1"
PORT = 9999
PATIENCE = 60


def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends or it is silent for too long."""
    with sock:
        sock.settimeout(PATIENCE)
        try:
            while data := sock.recv(1024):
                sock.sendall(data.upper())
        except (ConnectionError, TimeoutError) as error:
            print(f"Broken off: {error}")
    print("Connection closed")


def main() -> None:
    """Start a thread for each client until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            print(f"Connection from {address}")
            threading.Thread(target=serve, args=(sock,), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
