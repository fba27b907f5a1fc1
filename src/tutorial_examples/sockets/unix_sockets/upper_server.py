"""Answer each client over a Unix socket, in upper case.

Start it with `python upper_server.py`; Ctrl-C stops it.
"""

import socket
from pathlib import Path

PATH = Path("upper.sock")


def remove_leftover(path: Path) -> None:
    """Remove the file of a socket at which nobody listens any more."""
    if not path.is_socket():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.setblocking(False)  # a server that is busy may let us wait
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
        except BlockingIOError:
            pass


def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends."""
    while data := sock.recv(1024):
        sock.sendall(data.upper())


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        remove_leftover(PATH)
        listener.bind(str(PATH))
        try:
            PATH.chmod(0o600)
            listener.listen()
            print(f"Listening on {PATH}")
            while True:
                sock, address = listener.accept()
                print(f"Connection from {address!r}")
                with sock:
                    sock.settimeout(60)
                    try:
                        serve(sock)
                    except OSError as error:
                        print(f"Broken off: {error}")
                print("Connection closed")
        finally:
            PATH.unlink()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
