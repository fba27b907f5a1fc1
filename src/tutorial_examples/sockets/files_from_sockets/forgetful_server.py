"""Answer each line in upper case, and forget to send the answer.

Start it with `python forgetful_server.py`; Ctrl-C stops it.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000


def serve(sock: socket.socket) -> None:
    """Answer one client's lines until its stream ends, or one is too long."""
    with sock.makefile("rwb") as file:
        while (line := file.readline(LONGEST + 1)).endswith(b"\n"):
            file.write(line.upper())
            print("Answered", line.upper())


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            sock, address = listener.accept()
            print(f"Connection from {address}")
            with sock:
                sock.settimeout(60)
                try:
                    serve(sock)
                except OSError as error:
                    print(f"Broken off: {error}")
            print("Connection closed")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
