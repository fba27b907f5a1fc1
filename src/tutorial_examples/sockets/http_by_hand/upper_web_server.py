"""Answer the body of each POST request in upper case.

Start it with `python upper_web_server.py`; Ctrl-C stops it.
"""

import socket
from typing import BinaryIO

HOST = "127.0.0.1"
PORT = 8000
LONGEST_LINE = 4096
MOST_HEADERS = 100
LONGEST_BODY = 100_000
PATIENCE = 10


class Refused(Exception):
    """No answer can be given; the text is the status that says why."""


# [receive_text]
def receive_length(stream: BinaryIO) -> int:
    """Read the headers; return how many bytes of a body follow them.

    Raises:
        Refused: The headers do not say, or say something that cannot be.
    """
    length = None
    for _ in range(MOST_HEADERS):
        line = stream.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise Refused("400 Bad Request")
        if line in {b"\r\n", b"\n"}:
            break
        name, _, value = line.strip().partition(b":")
        if name.lower() == b"content-length":
            length = value.strip()
    else:
        raise Refused("431 Request Header Fields Too Large")
    if length is None:
        raise Refused("411 Length Required")
    # isdigit, as int would take "-1" and "1_0" too.
    if not length.isdigit():
        raise Refused("400 Bad Request")
    if len(length) > 9 or int(length) > LONGEST_BODY:
        raise Refused("413 Content Too Large")
    return int(length)


def receive_text(stream: BinaryIO) -> str:
    """Read one request and return the text that it brings.

    Raises:
        Refused: It is no POST request with a text of a known length.
    """
    if not stream.readline(LONGEST_LINE).startswith(b"POST /upper HTTP/1."):
        raise Refused("404 Not Found")
    length = receive_length(stream)
    body = stream.read(length)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Refused("400 Bad Request") from None
    if len(body) < length:
        raise Refused("400 Bad Request")
    return text


# [/receive_text]


# [serve]
def serve(sock: socket.socket) -> None:
    """Answer one request."""
    with sock.makefile("rb") as stream:
        try:
            status, body = "200 OK", receive_text(stream).upper().encode()
        except Refused as refusal:
            status, body = str(refusal), b""
    head = (
        f"HTTP/1.1 {status}\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n"
        "Connection: close\r\n"
        "\r\n"
    )
    sock.sendall(head.encode() + body)


# [/serve]


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            with sock:
                sock.settimeout(PATIENCE)
                try:
                    serve(sock)
                except OSError as error:
                    print(f"Broken off: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
