"""Answer clients in threads, but never more than two at a time.

Start it with `python limited_server.py`; Ctrl-C stops it.
"""

import socket
import threading

HOST = "127.0.0.1"
PORT = 9999
PATIENCE = 60
MOST = 2

places = threading.BoundedSemaphore(MOST)


def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends, and give its place back."""
    try:
        with sock:
            sock.settimeout(PATIENCE)
            while data := sock.recv(1024):
                sock.sendall(data.upper())
    except (ConnectionError, TimeoutError) as error:
        print(f"Broken off: {error}")
    finally:
        print("Connection closed")
        places.release()


def main() -> None:
    """Accept a client whenever there is a place for it, until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            places.acquire()
            sock, address = listener.accept()
            print(f"Connection from {address}")
            threading.Thread(target=serve, args=(sock,), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
