"""Stand between clients and a server, pass everything on, and show it.

Start it with `python tap.py OWN_PORT SERVER_PORT`, and have clients connect to its own
port; Ctrl-C stops it.
"""

import socket
import sys
import threading
from contextlib import suppress

HOST = "127.0.0.1"
SHOWN = 40


# [relay]
def relay(source: socket.socket, target: socket.socket, arrow: str) -> None:
    """Pass on what comes from the one to the other, up to the end of the stream."""
    try:
        while data := source.recv(65536):
            print(f"{arrow} {len(data)} bytes {data[:SHOWN]!r}\n", end="", flush=True)
            target.sendall(data)
        print(f"{arrow} end of stream\n", end="", flush=True)
        target.shutdown(socket.SHUT_WR)
    except OSError as error:
        print(f"{arrow} {error}\n", end="", flush=True)
        for sock in source, target:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)  # so that the other direction ends too


def serve(client: socket.socket, server_port: int) -> None:
    """Connect a client to the server, and relay in both directions until both have ended."""
    with client:
        try:
            server = socket.create_connection((HOST, server_port))
        except OSError as error:
            print(f"No server: {error}\n", end="", flush=True)
            return
        with server:
            answers = threading.Thread(target=relay, args=(server, client, "<-"), daemon=True)
            answers.start()
            relay(client, server, "->")
            answers.join()


# [/relay]


def main(own_port: int, server_port: int) -> None:
    """Serve each client in a thread of its own until Ctrl-C."""
    with socket.create_server((HOST, own_port)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}", flush=True)
        while True:
            client, _ = listener.accept()
            threading.Thread(target=serve, args=(client, server_port), daemon=True).start()


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), int(sys.argv[2]))
    except KeyboardInterrupt:
        print("\nStopped")
