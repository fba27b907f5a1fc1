"""Answer every client in upper case, each in a process of its own; not on Windows.

Start it with `python fork_server.py`; Ctrl-C stops it.
"""

import os
import signal
import socket

HOST = "127.0.0.1"
PORT = 9999
PATIENCE = 60


def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends."""
    sock.settimeout(PATIENCE)
    while data := sock.recv(1024):
        sock.sendall(data.upper())


def serve_in_a_child(sock: socket.socket, listener: socket.socket) -> None:
    """Go on in two processes: the parent returns at once, the child serves and ends."""
    child = os.fork()
    if child:
        print(f"Process {child} serves it")
        return
    try:
        listener.close()
        serve(sock)
    except (ConnectionError, TimeoutError):
        pass
    finally:
        # Whatever happens, the child must never return into the parent's loop.
        os._exit(0)


def main() -> None:
    """Start a process for each client until Ctrl-C."""
    # The system need not keep the exit status of a child until the parent asks for it.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            print(f"Connection from {address}")
            with sock:
                serve_in_a_child(sock, listener)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
