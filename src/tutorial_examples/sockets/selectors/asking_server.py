"""Wait for the keyboard within the loop, which is a mistake: all clients wait with it.

Start it with `python asking_server.py`; Ctrl-C stops it.
"""

import selectors
import socket

HOST = "127.0.0.1"
PORT = 9999


def accept(selector: selectors.BaseSelector, listener: socket.socket) -> None:
    """Accept one client, and have it watched."""
    sock, address = listener.accept()
    print(f"Connection from {address}")
    sock.setblocking(False)
    selector.register(sock, selectors.EVENT_READ, data=answer)


def answer(selector: selectors.BaseSelector, sock: socket.socket) -> None:
    """Answer one piece when Enter is pressed; at the end of the stream, close."""
    try:
        data = sock.recv(65536)
        if data:
            input(f"Press Enter to answer {data!r}: ")
            sock.sendall(data.upper())
    except OSError as error:
        print(f"Broken off: {error}")
        data = b""
    if not data:
        selector.unregister(sock)
        sock.close()
        print("Connection closed")


def main() -> None:
    """Serve all clients until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener, selectors.DefaultSelector() as selector:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        listener.setblocking(False)
        selector.register(listener, selectors.EVENT_READ, data=accept)
        while True:
            for key, _ in selector.select():
                key.data(selector, key.fileobj)


if __name__ == "__main__":
    try:
        main()
    except (EOFError, KeyboardInterrupt):
        print("\nStopped")
