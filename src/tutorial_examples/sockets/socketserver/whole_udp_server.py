"""Answer each datagram in upper case, however long it is.

Start it with `python whole_udp_server.py`; Ctrl-C stops it.
"""

import socketserver

ADDRESS = ("127.0.0.1", 11111)


class Server(socketserver.UDPServer):
    """A UDP server with room for any datagram."""

    max_packet_size = 65535


class UpperHandler(socketserver.BaseRequestHandler):
    """Answers one datagram."""

    def handle(self) -> None:
        """Send the answer to where the datagram came from."""
        data, sock = self.request
        print(f"{len(data)} bytes from {self.client_address}")
        sock.sendto(data.upper(), self.client_address)


def main() -> None:
    """Serve until Ctrl-C."""
    with Server(ADDRESS, UpperHandler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
