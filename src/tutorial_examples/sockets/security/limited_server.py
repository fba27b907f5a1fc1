"""Answer one line of each client in upper case, within limits.

Start it with `python limited_server.py`; Ctrl-C stops it.
"""

import socket
import threading
import time

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000
PATIENCE = 10.0
MOST_CLIENTS = 3


def receive_line(sock: socket.socket) -> bytes:
    """One line, without its end.

    Raises:
        ValueError: It is too long.
        TimeoutError: It did not come in time.
        EOFError: The stream ended before the line.
    """
    deadline = time.monotonic() + PATIENCE
    buffer = b""
    while b"\n" not in buffer and len(buffer) <= LONGEST:
        sock.settimeout(max(deadline - time.monotonic(), 0.001))
        piece = sock.recv(1024)
        if not piece:
            raise EOFError("the stream ended before the line")
        buffer += piece
    line = buffer.partition(b"\n")[0]
    if len(line) > LONGEST:
        raise ValueError(f"more than {LONGEST} bytes")
    return line


def serve(sock: socket.socket, free: threading.Semaphore) -> None:
    """Answer one client, and make room for another."""
    try:
        with sock:
            sock.sendall(receive_line(sock).upper() + b"\n")
        outcome = "Answered"
    except (OSError, ValueError, EOFError) as error:
        outcome = f"Broken off: {error}"
    finally:
        free.release()
    print(outcome)


def main() -> None:
    """Serve clients, each in a thread, until Ctrl-C."""
    free = threading.Semaphore(MOST_CLIENTS)
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            if not free.acquire(blocking=False):
                print("Too many clients")
                sock.close()
                continue
            threading.Thread(target=serve, args=[sock, free], daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
