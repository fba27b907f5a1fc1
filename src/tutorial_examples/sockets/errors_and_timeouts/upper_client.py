"""Send each line you type over a connection of its own, and say what went wrong.

Start `upper_server.py` first, then `python upper_client.py` in a second
terminal. An empty line or Ctrl-D ends it.
"""

import socket

SERVER = ("127.0.0.1", 9999)
PATIENCE = 2


def ask(request: bytes) -> bytes:
    """Send the request and receive its answer, which is as long as the request is.

    Raises:
        OSError: The server cannot be reached, is silent, or breaks off.
    """
    with socket.create_connection(SERVER, timeout=PATIENCE) as sock:
        sock.sendall(request)
        answer = b""
        while len(answer) < len(request):
            data = sock.recv(1024)
            if not data:
                raise ConnectionError("the stream ended before the answer did")
            answer += data
        return answer


def main() -> None:
    """Ask until an empty line."""
    while text := input("Send: "):
        try:
            print(ask(text.encode()).decode())
        except ConnectionRefusedError:
            print("Nobody listens there")
        except TimeoutError:
            print(f"Waited {PATIENCE} seconds in vain")
        except ConnectionError as error:
            print(f"Broken off: {error}")


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
