"""Serve the files of the folder public over HTTP/1.1.

Start it with `python web_server.py`; Ctrl-C stops it.
"""

import socket
import threading
from contextlib import suppress
from email.utils import formatdate
from mimetypes import guess_type
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

HOST = "127.0.0.1"
PORT = 8000
PUBLIC = Path("public").resolve()
LONGEST_LINE = 4096
MOST_HEADERS = 100
PATIENCE = 10


class Refused(Exception):
    """What came is no request; the text is the status to answer with."""


# [read_head]
def read_line(stream: BinaryIO) -> str:
    """Read a line, without its end.

    Raises:
        EOFError: The stream has ended.
        Refused: The line is too long, or the stream ended within it.
    """
    line = stream.readline(LONGEST_LINE)
    if not line:
        raise EOFError
    if not line.endswith(b"\n"):
        raise Refused("400 Bad Request")
    return line.rstrip(b"\r\n").decode("latin-1")


def read_headers(stream: BinaryIO) -> dict[str, str]:
    """Read headers up to the empty line; their names in lower case, as case does not count.

    Raises:
        Refused: A line is no header, or there are too many.
    """
    headers: dict[str, str] = {}
    for _ in range(MOST_HEADERS):
        line = read_line(stream)
        if not line:
            return headers
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise Refused("400 Bad Request")
        headers[name.lower()] = value.strip()
    raise Refused("431 Request Header Fields Too Large")


# [/read_head]


# [load]
def load(target: str) -> tuple[bytes, str] | None:
    """The content and type of the file that a request asks for; None if there is none in PUBLIC."""
    path = unquote(target.partition("?")[0])
    try:
        file = (PUBLIC / path.lstrip("/")).resolve()
        if not file.is_relative_to(PUBLIC) or not file.is_file():
            return None
        content = file.read_bytes()
    except (OSError, ValueError, RuntimeError):
        return None  # not readable, too long a name, a NUL in it, links in a circle
    kind = guess_type(file.name)[0] or "application/octet-stream"
    return content, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


# [/load]


# [head_of]
def head_of(status: str, kind: str, length: int, *, keep: bool) -> bytes:
    """The head of a response.

    Args:
        status: The code and its meaning, such as `200 OK`.
        kind: What the body is, such as `text/plain`.
        length: How many bytes the body has.
        keep: Whether the connection stays for another request.
    """
    lines = [
        f"HTTP/1.1 {status}",
        f"Date: {formatdate(usegmt=True)}",
        f"Content-Type: {kind}",
        f"Content-Length: {length}",
        f"Connection: {'keep-alive' if keep else 'close'}",
        "",
    ]
    return "".join(line + "\r\n" for line in lines).encode()


# [/head_of]


# [answer]
def answer(sock: socket.socket, stream: BinaryIO, request_line: str) -> bool:
    """Answer one request; tell whether the connection may serve another.

    Raises:
        Refused: It is no request of HTTP/1.0 or HTTP/1.1.
    """
    try:
        method, target, version = request_line.split(" ")
    except ValueError:
        raise Refused("400 Bad Request") from None
    if version not in {"HTTP/1.0", "HTTP/1.1"}:
        raise Refused("505 HTTP Version Not Supported")
    headers = read_headers(stream)
    if version == "HTTP/1.1" and "host" not in headers:
        raise Refused("400 Bad Request")
    if method not in {"GET", "HEAD"}:
        raise Refused("501 Not Implemented")

    # A request with a body is answered, but as nobody reads the body, it is the last one.
    has_body = "content-length" in headers or "transfer-encoding" in headers
    wants_more = version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
    keep = wants_more and not has_body
    found = load(target)
    status = "200 OK" if found else "404 Not Found"
    body, kind = found or (b"No such page\n", "text/plain")
    head = head_of(status, kind, len(body), keep=keep)
    sock.sendall(head if method == "HEAD" else head + body)
    print(f"{request_line!r}: {status}")
    return keep


def serve(sock: socket.socket) -> None:
    """Answer one client's requests until either side has had enough."""
    sock.settimeout(PATIENCE)
    with sock, sock.makefile("rb") as stream:
        try:
            while answer(sock, stream, read_line(stream)):
                pass
        except EOFError:
            pass  # The client has closed its side, as it may.
        except Refused as refusal:
            print(f"Refused: {refusal}")
            body = f"{refusal}\n".encode()
            with suppress(OSError):
                sock.sendall(head_of(str(refusal), "text/plain", len(body), keep=False) + body)
        except OSError as error:
            print(f"Broken off: {error}")


# [/answer]


def main() -> None:
    """Give each connection a thread of its own, until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            threading.Thread(target=serve, args=(sock,), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
