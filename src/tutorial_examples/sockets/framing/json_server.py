"""Answer requests in JSON, one on each line, with answers of the same kind.

Start it with `python json_server.py`; Ctrl-C stops it.
"""

import json
import socket
from collections.abc import Iterator

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000


def receive_lines(sock: socket.socket) -> Iterator[bytes]:
    r"""Yield each line, without its `\n`, as soon as it is complete.

    Raises:
        ValueError: A line has more than `LONGEST` bytes.
        EOFError: The stream ended in the middle of a line.
    """
    buffer = b""
    while piece := sock.recv(1024):
        buffer += piece
        while b"\n" in buffer:
            line, _, buffer = buffer.partition(b"\n")
            if len(line) > LONGEST:
                raise ValueError(f"a line of more than {LONGEST} bytes")
            yield line
        if len(buffer) > LONGEST:
            raise ValueError(f"a line of more than {LONGEST} bytes")
    if buffer:
        raise EOFError(f"the stream ended after {len(buffer)} bytes of a line")


# [answer]
def answer(line: bytes) -> dict[str, str]:
    """The answer to one request: {"text": ...}, or {"error": ...} if it is none."""
    try:
        request = json.loads(line)
        return {"text": request["text"].upper()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {"error": "not a request"}


# [/answer]


def serve(sock: socket.socket) -> None:
    """Answer one client's requests until its stream ends."""
    for line in receive_lines(sock):
        sock.sendall(json.dumps(answer(line)).encode() + b"\n")


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            with sock:
                sock.settimeout(60)
                try:
                    serve(sock)
                except (OSError, ValueError, EOFError) as error:
                    print(f"Broken off: {error}")
            print("Connection closed")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
