"""Messages over a stream: a JSON object each, with its length in four bytes in front."""

import json
import socket
import time
from typing import Any

from refusal import Refusal

LONGEST = 10_000
SECONDS = 30.0


def send_message(sock: socket.socket, **content: object) -> None:
    """Send one message.

    Raises:
        OSError: The connection is broken.
    """
    data = json.dumps(content).encode()
    sock.sendall(len(data).to_bytes(4, "big") + data)


def receive_message(sock: socket.socket, seconds: float = SECONDS) -> dict[str, Any]:
    """Receive one message.

    Args:
        sock: Where it comes from. Its timeout is as before when the message has come.
        seconds: How long the whole message may take.

    Raises:
        Refusal: It is no message, or it says that the other side refuses.
        EOFError: The stream ended before the message did.
        OSError: The connection is broken, or too slow.
    """
    timeout = sock.gettimeout()
    deadline = time.monotonic() + seconds
    length = int.from_bytes(_receive_exactly(sock, 4, deadline), "big")
    if length > LONGEST:
        raise Refusal(f"A message may have {LONGEST} bytes, not {length}.")
    data = _receive_exactly(sock, length, deadline)
    sock.settimeout(timeout)
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise Refusal("A message is a JSON object.")
    if "error" in content:
        # It will be printed, and other characters could do things to a terminal.
        raise Refusal("".join(sign for sign in str(content["error"]) if sign.isprintable()))
    return content


def _receive_exactly(sock: socket.socket, count: int, deadline: float) -> bytes:
    data = b""
    while len(data) < count:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        sock.settimeout(left)
        piece = sock.recv(count - len(data))
        if not piece:
            raise EOFError("the stream ended within a message")
        data += piece
    return data
