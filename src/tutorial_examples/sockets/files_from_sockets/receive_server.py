"""Receive files, and keep them as received-1, received-2 and so on.

Start it with `python receive_server.py`; Ctrl-C stops it. It keeps the files in the current folder.
"""

import io
import itertools
import socket
from pathlib import Path

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 20
MOST = 100_000_000


def receive_file(reader: io.BufferedIOBase, target: io.BufferedIOBase) -> int:
    """Receive a size and as many bytes, and return the size.

    Raises:
        ValueError: There is no size, or it is more than `MOST`.
        EOFError: The stream ended before the file did.
    """
    line = reader.readline(LONGEST)
    if not line.endswith(b"\n") or not line[:-1].isdigit():
        raise ValueError(f"{line!r} is no size")
    size = left = int(line)
    if size > MOST:
        raise ValueError(f"{size} bytes, and {MOST} are allowed")
    while left:
        piece = reader.read(min(left, 65536))
        if not piece:
            raise EOFError(f"the stream ended {left} bytes too early")
        target.write(piece)
        left -= len(piece)
    return size


def serve(sock: socket.socket, path: Path) -> None:
    """Receive a file to this path, and say how many bytes came.

    Raises:
        ValueError, EOFError, OSError: The file did not come; then nothing is left at the path.
    """
    with sock.makefile("rwb") as file, path.open("xb") as target:
        try:
            size = receive_file(file, target)
        except BaseException:
            path.unlink()
            raise
        print(f"{path}: {size} bytes")
        file.write(b"%d bytes\n" % size)


def main() -> None:
    """Receive one file after another until Ctrl-C."""
    paths = (Path(f"received-{number}") for number in itertools.count(1))
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, _ = listener.accept()
            with sock:
                sock.settimeout(60)
                try:
                    serve(sock, next(path for path in paths if not path.exists()))
                except (OSError, EOFError, ValueError) as error:
                    print(f"Broken off: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
