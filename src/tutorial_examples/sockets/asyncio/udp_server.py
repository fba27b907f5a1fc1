"""Answer each datagram with its own letters in upper case, on asyncio's loop.

Start it with `python udp_server.py`; Ctrl-C stops it.
"""

import asyncio
from typing import cast

HOST = "127.0.0.1"
PORT = 11111


class UpperProtocol(asyncio.DatagramProtocol):
    """What to do when something happens to the socket; the loop calls it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is there."""
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        """A datagram has come."""
        print(f"{len(data)} bytes from {address}")
        self.transport.sendto(data.upper(), address)

    def error_received(self, error: Exception) -> None:
        """A datagram could not be sent or received."""
        print(f"Not answered: {error}")


async def main() -> None:
    """Serve until Ctrl-C."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(UpperProtocol, local_addr=(HOST, PORT))
    host, port = transport.get_extra_info("sockname")
    print(f"Listening on {host} port {port}")
    try:
        await asyncio.Event().wait()
    finally:
        transport.close()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        print("\nStopped")
