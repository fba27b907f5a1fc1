"""Send the note whose name a client asks for, from one folder only.

The notes are files in the folder `notes`. Start it with
`python note_server.py`; Ctrl-C stops it.
"""

import socket
import time
from pathlib import Path

HOST = "127.0.0.1"
PORT = 9999
FOLDER = Path("notes")
LONGEST_NAME = 100
LONGEST_NOTE = 100_000
PATIENCE = 5.0


def inside(folder: Path, name: str) -> Path:
    """The path of a file in the folder, links followed.

    Raises:
        ValueError: It is not in the folder.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"{name!r} is not in the folder")
    return path


def receive_name(sock: socket.socket) -> str:
    """What one client asks for.

    Raises:
        ValueError: It is too long, or no text.
        TimeoutError: It did not come in time.
    """
    deadline = time.monotonic() + PATIENCE
    buffer = b""
    while b"\n" not in buffer and len(buffer) <= LONGEST_NAME:
        sock.settimeout(max(deadline - time.monotonic(), 0.001))
        piece = sock.recv(1024)
        if not piece:
            break
        buffer += piece
    line = buffer.partition(b"\n")[0]
    if len(line) > LONGEST_NAME:
        raise ValueError(f"a name of more than {LONGEST_NAME} bytes")
    return line.decode().removesuffix("\r")


def read_note(name: str) -> bytes:
    """The beginning of a note; raises a ValueError or OSError if there is none."""
    path = inside(FOLDER, name)
    if not path.is_file():
        raise ValueError(f"{name!r} is no note")
    with path.open("rb") as file:
        return file.read(LONGEST_NOTE)


def serve(sock: socket.socket) -> None:
    """Send one client its note, or tell it that there is none."""
    try:
        note = read_note(receive_name(sock))
    except ValueError as error:
        print(f"Refused: {error}")
        note = b"No such note\n"
    else:
        print(f"Sent {len(note)} bytes")
    sock.sendall(note)


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
                except OSError as error:
                    print(f"Broken off: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
