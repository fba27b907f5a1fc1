"""Ask for one line in upper case.

Import it: `from mended_client import ask`.
"""

import socket


def ask(sock: socket.socket, text: str) -> str:
    """Send a line and return its answer.

    Raises:
        EOFError: The stream ended before the answer did.
    """
    sock.sendall(text.encode() + b"\n")
    answer = b""
    while not answer.endswith(b"\n"):
        piece = sock.recv(1024)
        if not piece:
            raise EOFError(f"the stream ended after {len(answer)} bytes of the answer")
        answer += piece
    return answer.decode().removesuffix("\n")
