"""What is answered, and how it is put into bytes."""

from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from typing import BinaryIO

from http_error import HTTPError

_WITHOUT_BODY = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})


@dataclass(frozen=True)
class FilePart:
    """Bytes of an open file.

    Attributes:
        file: Its position is where the bytes begin. Whoever sends the part closes it.
        size: How many bytes there are.
    """

    file: BinaryIO
    size: int


@dataclass(frozen=True)
class Response:
    """An answer to a request.

    Attributes:
        status: Its status.
        headers: Without those that say how the body is sent.
        body: The bytes of the body, or where they are.
    """

    status: HTTPStatus
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | FilePart = b""

    @property
    def size(self) -> int:
        """How many bytes the body has."""
        return self.body.size if isinstance(self.body, FilePart) else len(self.body)

    def head(self, *, keep: bool) -> bytes:
        """Status line, headers and the empty line.

        Args:
            keep: Whether the connection will be used again.
        """
        headers = {"Date": formatdate(usegmt=True), **self.headers}
        if self.status not in _WITHOUT_BODY:
            headers["Content-Length"] = str(self.size)
        headers["Connection"] = "keep-alive" if keep else "close"
        lines = [f"HTTP/1.1 {self.status.value} {self.status.phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def close(self) -> None:
        """Close the file that the body comes from, if it does."""
        if isinstance(self.body, FilePart):
            self.body.file.close()


def text_response(status: HTTPStatus, text: str, headers: dict[str, str] | None = None) -> Response:
    """A response whose body is a text."""
    kind = {"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"}
    return Response(status, {**kind, **(headers or {})}, text.encode())


def error_response(error: HTTPError) -> Response:
    """The response that tells a client of an error."""
    text = f"{error.status.value} {error.status.phrase}\n{error.reason}\n"
    return text_response(error.status, text, error.headers)
