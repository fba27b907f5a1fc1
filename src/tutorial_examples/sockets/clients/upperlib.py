"""A client library for the upper-case service.

`from upperlib import Upper` makes it ready for a program of yours, and `python upperlib.py hello`
asks once for each word. `upper_server.py` is the server.
"""

import socket
import sys
from typing import Self

LONGEST = 10_000  # bytes in an answer


class UpperError(OSError):
    """The server did not answer as the protocol says."""


class Upper:
    """A connection to the upper-case service.

    Attributes:
        debuglevel: Whether what is sent and received is also printed, as 1 or 0.
    """

    def __init__(
        self, host: str = "127.0.0.1", port: int = 9999, timeout: float | None = None
    ) -> None:
        """Connect; raises an `OSError` if that fails."""
        self.debuglevel = 0
        self._sock = socket.create_connection((host, port), timeout)
        self._file = self._sock.makefile("rb")

    def upper(self, text: str) -> str:
        """Have one line put into upper case."""
        if "\n" in text:
            raise ValueError("the text has more than one line")
        request = text.encode() + b"\n"
        self._debug("send", request)
        self._sock.sendall(request)
        answer = self._file.readline(LONGEST)
        self._debug("recv", answer)
        if not answer.endswith(b"\n"):
            raise UpperError(f"no whole line, but {len(answer)} bytes")
        return answer.decode().removesuffix("\n")

    def close(self) -> None:
        """End the conversation."""
        self._file.close()
        self._sock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _debug(self, what: str, data: bytes) -> None:
        if self.debuglevel:
            print(f"{what}: {data!r}")


def main() -> None:
    """Ask for each word of the command line."""
    with Upper(timeout=5) as service:
        for word in sys.argv[1:]:
            print(service.upper(word))


if __name__ == "__main__":
    main()
