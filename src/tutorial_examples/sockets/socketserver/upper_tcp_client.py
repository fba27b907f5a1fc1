r"""Send each line you type, ended by \r\n, and print the line that comes back.

Start a TCP server first, then `python upper_tcp_client.py` in a second
terminal. An empty line or Ctrl-D ends it.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def main() -> None:
    """Ask and send until an empty line or the server's end of stream."""
    with socket.create_connection(SERVER) as sock, sock.makefile("rb") as answers:
        while text := input("Send: "):
            sock.sendall(text.encode() + b"\r\n")
            answer = answers.readline()
            if not answer.endswith(b"\n"):
                print("The server closed the connection")
                break
            print(answer.rstrip(b"\r\n").decode())


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
