"""Send each line you type over one connection, and print the answers.

Start a server first, then `python upper_client.py` in a second terminal.
An empty line or Ctrl-D ends it.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def main() -> None:
    """Ask and send until an empty line or the server's end of stream."""
    with (
        socket.create_connection(SERVER) as sock,
        sock.makefile("r", encoding="utf-8", newline="\n") as answers,
    ):
        while text := input("Send: "):
            sock.sendall(f"{text}\n".encode())
            answer = answers.readline()
            if not answer:
                print("The server closed the connection")
                break
            print(answer, end="")


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
