"""Send each line you type to the server at a host and port, and print its answer.

Start `upper_server.py` first, then `python upper_client.py HOST PORT` in a
second terminal. An empty line or Ctrl-D ends it.
"""

import socket
import sys


# [connect]
def connect(host: str, port: str) -> socket.socket:
    """Connect to the first of the host's addresses that answers.

    Raises:
        OSError: None of them does, or there is no such host.
    """
    problems = []
    for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        family, kind, protocol, _, address = found
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(10)
        try:
            sock.connect(address)
            return sock
        except OSError as error:
            sock.close()
            problems.append(f"{address}: {error}")
    raise OSError("; ".join(problems))


# [/connect]


def ask(sock: socket.socket, request: bytes) -> bytes:
    """Send the request and receive its answer, which is as long as the request is."""
    sock.sendall(request)
    answer = b""
    while len(answer) < len(request):
        data = sock.recv(1024)
        if not data:
            raise ConnectionError("the server closed the connection")
        answer += data
    return answer


def main(host: str, port: str) -> None:
    """Ask until an empty line."""
    with connect(host, port) as sock:
        peer = sock.getpeername()
        print(f"Connected to {peer[0]} port {peer[1]}")
        while text := input("Send: "):
            print(ask(sock, text.encode()).decode())


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2])
    except EOFError:
        print()
    except (OSError, UnicodeError) as error:
        sys.exit(f"No answer: {error}")
