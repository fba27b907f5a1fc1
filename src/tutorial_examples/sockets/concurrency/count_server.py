"""Answer every client in a thread of its own, and count the bytes of all of them.

Start it with `python count_server.py`; Ctrl-C stops it.
"""

import socket
import threading

HOST = "127.0.0.1"
PORT = 9999
PATIENCE = 60


class Counter:
    """A number to which any thread may add.

    Attributes:
        total: What all have added so far.
    """

    def __init__(self) -> None:
        self.total = 0
        self._lock = threading.Lock()

    def add(self, amount: int) -> int:
        """Add to the total and return the new one."""
        with self._lock:
            self.total += amount
            return self.total


counter = Counter()


def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends or it is silent for too long."""
    with sock:
        sock.settimeout(PATIENCE)
        try:
            while data := sock.recv(1024):
                print(f"{counter.add(len(data))} bytes in all")
                sock.sendall(data.upper())
        except (ConnectionError, TimeoutError) as error:
            print(f"Broken off: {error}")


def main() -> None:
    """Start a thread for each client until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            threading.Thread(target=serve, args=(sock,), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
