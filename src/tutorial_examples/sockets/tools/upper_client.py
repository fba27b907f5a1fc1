"""Send each line you type to the upper-case server at a port, and print its answer.

Start a server first, then `python upper_client.py PORT` in a second terminal.
An empty line or Ctrl-D ends it.
"""

import socket
import sys


def main(port: int) -> None:
    """Ask until an empty line, or until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as sock:
        while text := input("Send: "):
            request = text.encode()
            sock.sendall(request)
            print(f"Sent {len(request)} bytes")
            answer = b""
            while len(answer) < len(request):
                data = sock.recv(1024)
                if not data:
                    print("The server closed the connection")
                    return
                answer += data
            print(answer.decode())


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except EOFError:
        print()
    except OSError as error:
        sys.exit(f"No answer: {error}")
