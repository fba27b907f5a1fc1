"""Answer one client in upper case, each time not before Enter is pressed.

Start it with `python busy_server.py`; it ends with its client, or with Ctrl-C.
"""

import socket

HOST = "127.0.0.1"
PORT = 9999


def main() -> None:
    """Serve one client."""
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        sock, _ = listener.accept()
    with sock:
        try:
            while True:
                input("Busy, press Enter to go on: ")
                data = sock.recv(1024)
                if not data:
                    break
                sock.sendall(data.upper())
        except OSError as error:
            print(f"Broken off: {error}")
    print("Connection closed")


if __name__ == "__main__":
    try:
        main()
    except (KeyboardInterrupt, EOFError):
        print("\nStopped")
