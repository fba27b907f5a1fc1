"""Send each line you type over a Unix socket, and print the answers.

Start `upper_server.py` first, then `python upper_client.py` in a second
terminal, in the same folder. An empty line or Ctrl-D ends it.
"""

import socket

SERVER = "upper.sock"


def main() -> None:
    """Ask and send until an empty line or the server's end of stream."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.connect(SERVER)
        while text := input("Send: "):
            sock.sendall(text.encode())
            data = sock.recv(1024)
            if not data:
                print("The server closed the connection")
                break
            print(data.decode())


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
