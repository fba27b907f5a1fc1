r"""Send what you type, with \r\n typed as such, and show what comes back.

Start a server first, then `python typing_client.py` in a second terminal.
An empty line or Ctrl-D ends it.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def main() -> None:
    """Send each piece as it was typed, and wait for an answer."""
    with socket.create_connection(SERVER) as sock:
        while typed := input("Send: "):
            piece = typed.replace(r"\r", "\r").replace(r"\n", "\n").encode()
            sock.sendall(piece)
            data = sock.recv(1024)
            if not data:
                print("The server closed the connection")
                break
            print(data)


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
