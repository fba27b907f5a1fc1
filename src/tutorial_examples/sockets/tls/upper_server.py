"""Answer each client in upper case, over TLS.

The certificate and its key are made by `python -m trustme`. Start the server
with `python upper_server.py`, or with `python upper_server.py FOLDER` if they
are in another folder; Ctrl-C stops it.
"""

import socket
import ssl
import sys
from pathlib import Path

HOST = "127.0.0.1"
PORT = 9999


def server_context(folder: Path) -> ssl.SSLContext:
    """What the server needs for TLS: its certificate and the private key to it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


def serve(sock: ssl.SSLSocket) -> None:
    """Answer one client until it says that it has ended."""
    while data := sock.recv(1024):
        sock.sendall(data.upper())
    sock.unwrap()


def main(folder: Path) -> None:
    """Serve one client after another until Ctrl-C."""
    context = server_context(folder)
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            plain, address = listener.accept()
            print(f"Connection from {address}")
            with plain:
                plain.settimeout(60)
                try:
                    with context.wrap_socket(
                        plain, server_side=True, suppress_ragged_eofs=False
                    ) as sock:
                        serve(sock)
                except OSError as error:
                    print(f"Broken off: {error}")
            print("Connection closed")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    except KeyboardInterrupt:
        print("\nStopped")
