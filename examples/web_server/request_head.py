"""The head of a request: from bytes to what they mean, without any input or output."""

import re
from dataclasses import dataclass
from http import HTTPMethod, HTTPStatus

from http_error import HTTPError

_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_REQUEST_LINE = re.compile(rf"({_NAME}) ([!-~]+) HTTP/([0-9])\.([0-9])")
_HEADER = re.compile(rf"({_NAME}):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)")
_AUTHORITY = re.compile(r"http://[^/?#]+", re.IGNORECASE)

# Two of one of these cannot both be right, and two servers might choose differently.
_ONCE_AT_MOST = frozenset({"content-length", "host", "transfer-encoding"})


@dataclass(frozen=True)
class RequestHead:
    """Request line and headers.

    Attributes:
        method: As in `GET`.
        target: Path and query, as they came: `/poems/?lang=en`.
        version: The numbers of the version, `(1, 1)` or `(1, 0)`.
        headers: Values by name in lower case; several of one name are joined by commas.
    """

    method: str
    target: str
    version: tuple[int, int]
    headers: dict[str, str]

    @property
    def keeps_alive(self) -> bool:
        """Whether the client would use the connection again."""
        options = {option.strip().lower() for option in self.header("connection").split(",")}
        if self.version == (1, 0):
            return "keep-alive" in options
        return "close" not in options

    @property
    def path(self) -> str:
        """The target without its query, still quoted."""
        return self.target.partition("?")[0]

    def header(self, name: str) -> str:
        """The value of a header, by its name in lower case; empty if it did not come."""
        return self.headers.get(name, "")


def parse_head(head: bytes, most_headers: int) -> RequestHead:
    r"""Take a head apart.

    Args:
        head: All of it, up to and with the empty line at its end; lines end with `\r\n`.
        most_headers: How many headers it may have.

    Raises:
        HTTPError: It is no head of HTTP/1.x, or has too many headers.
    """
    # Old clients send an empty line too many after a body.
    first, *lines = (
        head.decode("latin-1").removeprefix("\r\n").removesuffix("\r\n\r\n").split("\r\n")
    )
    match = _REQUEST_LINE.fullmatch(first)
    if not match:
        raise HTTPError(HTTPStatus.BAD_REQUEST, "The first line is no request line.")
    method, target, major, minor = match.groups()
    if major != "1":
        raise HTTPError(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "This server speaks HTTP/1.1.")
    if method not in HTTPMethod.__members__:
        raise HTTPError(HTTPStatus.NOT_IMPLEMENTED, "This server does not know the method.")
    if len(lines) > most_headers:
        raise HTTPError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "There are too many headers.")
    version = (1, min(int(minor), 1))
    headers = _parse_headers(lines)
    if version == (1, 1) and "host" not in headers:
        raise HTTPError(HTTPStatus.BAD_REQUEST, "The header Host is missing.")
    return RequestHead(method, _origin_form(target), version, headers)


def _parse_headers(lines: list[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        match = _HEADER.fullmatch(line)
        if not match:
            raise HTTPError(HTTPStatus.BAD_REQUEST, "A line among the headers is no header.")
        name, value = match[1].lower(), match[2].rstrip(" \t")
        if name not in headers:
            headers[name] = value
        elif name in _ONCE_AT_MOST:
            raise HTTPError(HTTPStatus.BAD_REQUEST, f"The header {match[1]} came twice.")
        else:
            headers[name] += f", {value}"
    return headers


def _origin_form(target: str) -> str:
    # A proxy may send the whole address, http://host/path, and a server has to take it.
    absolute = _AUTHORITY.match(target)
    if absolute:
        rest = target[absolute.end() :]
        return rest if rest.startswith("/") else f"/{rest}"
    if not target.startswith("/"):
        raise HTTPError(HTTPStatus.BAD_REQUEST, "The target is no path.")
    return target
