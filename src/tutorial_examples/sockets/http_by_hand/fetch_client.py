"""Ask for each path that you type, all over one connection, and print what comes back.

Start `web_server.py` first, then `python fetch_client.py` in a second terminal. An empty line or
Ctrl-D ends it.
"""

import socket
from typing import BinaryIO

SERVER = ("127.0.0.1", 8000)


# [receive_response]
def receive_response(stream: BinaryIO) -> tuple[str, bytes]:
    """Read one response: its status and its body, which has as many bytes as its head says.

    Raises:
        EOFError: The stream ended before the response did.
    """
    status = stream.readline().decode().strip()
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.decode().partition(":")
        if name.lower() == "content-length":
            length = int(value)
    body = stream.read(length)
    if not status or len(body) < length:
        raise EOFError("the stream ended within a response")
    return status, body


# [/receive_response]


# [main]
def main() -> None:
    """Ask until an empty line, and close the connection."""
    with socket.create_connection(SERVER, timeout=10) as sock, sock.makefile("rb") as stream:
        while path := input("Path: "):
            sock.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            status, body = receive_response(stream)
            print(status, body.decode().strip(), sep="\n")


# [/main]


if __name__ == "__main__":
    try:
        main()
    except EOFError as error:
        print(error)
