"""Serve only clients that have a certificate of their own, over TLS.

Its certificate is in this folder, that of the clients' authority in `ann`, both
made by `python -m trustme`. Start it with `python mutual_server.py`; Ctrl-C
stops it.
"""

import socket
import ssl

HOST = "127.0.0.1"
PORT = 9999


def server_context() -> ssl.SSLContext:
    """The server's certificate and key, and the authority that clients must have."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="ann/client.pem")
    context.load_cert_chain("server.pem", "server.key")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def names_of(sock: ssl.SSLSocket) -> list[str]:
    """The names in the certificate of the other end."""
    certificate = sock.getpeercert() or {}
    return [str(entry[1]) for entry in certificate.get("subjectAltName", ())]


def main() -> None:
    """Serve one client after another until Ctrl-C."""
    context = server_context()
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        while True:
            plain, address = listener.accept()
            with plain:
                plain.settimeout(60)
                try:
                    with context.wrap_socket(
                        plain, server_side=True, suppress_ragged_eofs=False
                    ) as sock:
                        print("Connection from", *names_of(sock))
                        while data := sock.recv(1024):
                            sock.sendall(data.upper())
                        sock.unwrap()
                except OSError as error:
                    print(f"Broken off: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
