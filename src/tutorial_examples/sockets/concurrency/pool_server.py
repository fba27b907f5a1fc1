"""Answer clients in upper case, two of them at a time, from a pool of threads.

Start it with `python pool_server.py`; Ctrl-C stops it.
"""

import contextlib
import socket
from concurrent.futures import ThreadPoolExecutor

HOST = "127.0.0.1"
PORT = 9999
PATIENCE = 60
WORKERS = 2

connections: set[socket.socket] = set()


def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends or it is silent for too long."""
    with sock:
        sock.settimeout(PATIENCE)
        try:
            while data := sock.recv(1024):
                sock.sendall(data.upper())
        except (ConnectionError, TimeoutError) as error:
            print(f"Broken off: {error}")
    connections.discard(sock)
    print("Connection closed")


def main() -> None:
    """Hand each client to the pool until Ctrl-C."""
    with (
        socket.create_server((HOST, PORT)) as listener,
        ThreadPoolExecutor(WORKERS) as pool,
    ):
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        try:
            while True:
                sock, address = listener.accept()
                print(f"Connection from {address}")
                connections.add(sock)
                pool.submit(serve, sock)
        finally:
            # The end of `with` waits for all workers, and these wait for their clients.
            pool.shutdown(wait=False, cancel_futures=True)
            for sock in list(connections):
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
