"""Send each line you type over TLS, and print the answers.

Start `upper_server.py` first, then `python upper_client.py` in a second
terminal, in the same folder. An empty line or Ctrl-D ends it.
"""

import socket
import ssl

SERVER = ("127.0.0.1", 9999)
NAME = "localhost"
AUTHORITY = "client.pem"


def main() -> None:
    """Ask and send until an empty line or the server's end of stream."""
    context = ssl.create_default_context(cafile=AUTHORITY)
    with (
        socket.create_connection(SERVER, timeout=60) as plain,
        context.wrap_socket(plain, server_hostname=NAME) as sock,
    ):
        print(f"This is {NAME}, and we speak {sock.version()}")
        try:
            while text := input("Send: "):
                sock.sendall(text.encode())
                data = sock.recv(1024)
                if not data:
                    print("The server closed the connection")
                    return
                print(data.decode())
        except EOFError:
            print()
        sock.unwrap()


if __name__ == "__main__":
    main()
