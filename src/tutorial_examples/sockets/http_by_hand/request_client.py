r"""Send the lines of a request that you type, each ended by \r\n, and print what comes back.

Start a web server first, then `python request_client.py` in a second terminal. An empty line ends
the request.
"""

import socket

SERVER = ("127.0.0.1", 8000)


def main() -> None:
    """Send all lines at once, the empty one too; receive up to the end of the stream."""
    request = ""
    while line := input("> "):
        request += line + "\r\n"
    with socket.create_connection(SERVER, timeout=10) as sock:
        sock.sendall((request + "\r\n").encode())
        answer = b""
        while piece := sock.recv(4096):
            answer += piece
    for line in answer.decode().splitlines():
        print(line)


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
