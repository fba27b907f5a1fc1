"""Send each line you type to the upper-case server and print its answer.

Start a server first, then `python upper_client.py` in a second terminal.
An empty line or Ctrl-D ends it.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def main() -> None:
    """Ask until an empty line."""
    with (
        socket.create_connection(SERVER) as sock,
        sock.makefile("rw", encoding="utf-8", newline="\n") as file,
    ):
        while text := input("Send: "):
            print(text, file=file, flush=True)
            answer = file.readline()
            if not answer.endswith("\n"):
                print("The server closed the connection")
                break
            print(answer, end="")


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
    except OSError as error:
        print(f"Broken off: {error}")
