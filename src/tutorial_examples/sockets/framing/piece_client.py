r"""Send each piece you type, at once and as it is, with \n typed as such.

Start a server first, then `python piece_client.py` in a second terminal.
An empty line or Ctrl-D ends it.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def main() -> None:
    """Send one piece after another, and receive nothing."""
    with socket.create_connection(SERVER) as sock:
        while typed := input("Piece: "):
            sock.sendall(typed.replace(r"\n", "\n").encode())


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
