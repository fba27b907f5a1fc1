"""Ask for one line in upper case, with two mistakes.

Import it: `from broken_client import ask`.
"""

from typing import Any


def ask(sock: Any, text: str) -> str:
    """Send a line and return its answer."""
    sock.sendall(text + "\n")
    answer: str = sock.recv(1024).decode()
    return answer.removesuffix("\n")
