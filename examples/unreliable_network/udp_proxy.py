"""Pass datagrams on between clients and a server, with the faults that were asked for.

Import it: `from udp_proxy import serve_udp`. It needs faults.py beside it.
"""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from faults import DatagramFaults, DatagramLine, Report

HOST = "127.0.0.1"
HELD_BACK_AT_MOST = 0.5
MOST_CLIENTS = 500

Address = tuple[str, int]


def datagram_socket() -> socket.socket:
    """A socket that never waits."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    return sock


def send(how: Callable[[bytes], int], datagram: bytes) -> None:
    """Send a datagram, or lose it, as the system would; a transport passes over empty ones."""
    with suppress(OSError):
        how(datagram)


class Carrier:
    """Carries what one direction lets through, when its time has come.

    Args:
        line: Decides what goes on.
        delay: Seconds that each datagram takes.
        send: Sends one datagram.
    """

    def __init__(self, line: DatagramLine, delay: float, send: Callable[[bytes], None]) -> None:
        self._line = line
        self._delay = delay
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._overtaken_by_nobody: asyncio.TimerHandle | None = None

    def take(self, datagram: bytes) -> None:
        """Pass on a datagram that came in, and those that it has overtaken."""
        self._pass_on(self._line.take(datagram))
        if self._line.holds and self._overtaken_by_nobody is None:
            self._overtaken_by_nobody = self._loop.call_later(HELD_BACK_AT_MOST, self._release)
        elif not self._line.holds:
            self.stop()

    def stop(self) -> None:
        """Wait no longer for a datagram that overtakes."""
        if self._overtaken_by_nobody is not None:
            self._overtaken_by_nobody.cancel()
            self._overtaken_by_nobody = None

    def _release(self) -> None:
        self._overtaken_by_nobody = None
        self._pass_on(self._line.release())

    def _pass_on(self, datagrams: list[bytes]) -> None:
        for datagram in datagrams:
            if self._delay:
                self._loop.call_later(self._delay, self._send, datagram)
            else:
                self._send(datagram)


class ServerSide(asyncio.DatagramProtocol):
    """The socket that stands before the server for one client."""

    def __init__(self, to_client: Carrier, name: str, report: Report) -> None:
        self._to_client = to_client
        self._name = name
        self._report = report

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """Pass an answer on."""
        self._to_client.take(data)

    def error_received(self, exc: Exception) -> None:
        """Say that nobody listens, as the system knows."""
        self._report(f"server to {self._name}: {exc}")


class ClientSide(asyncio.DatagramProtocol):
    """What receives from all clients, who take it for the server."""

    def __init__(
        self, sock: socket.socket, server: Address, faults: DatagramFaults, report: Report
    ) -> None:
        self._sock = sock
        self._server = server
        self._faults = faults
        self._report = report
        self._queue: asyncio.Queue[tuple[bytes, Address]] = asyncio.Queue(MOST_CLIENTS)
        self._clients: dict[Address, tuple[asyncio.BaseTransport, Carrier, Carrier]] = {}
        self._known = 0

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """Put a request into the queue; when that is full, it is lost, as on any network."""
        if self._queue.full():
            self._report("lost, since too many came at once")
        else:
            self._queue.put_nowait((data, addr))

    def error_received(self, exc: Exception) -> None:
        """Let a client that has gone be gone."""

    async def pass_requests_on(self) -> None:
        """Pass each request on, in order, for ever."""
        try:
            while True:
                data, address = await self._queue.get()
                if address not in self._clients:
                    await self._meet(address)
                self._clients[address][1].take(data)
        finally:
            while self._clients:
                self._forget_oldest()

    async def _meet(self, address: Address) -> None:
        if len(self._clients) == MOST_CLIENTS:
            self._forget_oldest()
        self._known += 1
        name = f"client {self._known}"

        sock = datagram_socket()
        sock.connect(self._server)
        answers = self._carrier(
            f"server to {name}", partial(send, lambda data: self._sock.sendto(data, address))
        )
        requests = self._carrier(f"{name} to server", partial(send, sock.send))
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: ServerSide(answers, name, self._report), sock=sock
        )
        self._clients[address] = (transport, requests, answers)

    def _carrier(self, name: str, send: Callable[[bytes], None]) -> Carrier:
        line = DatagramLine(self._faults, name, self._report)
        return Carrier(line, self._faults.delay, send)

    def _forget_oldest(self) -> None:
        transport, *carriers = self._clients.pop(next(iter(self._clients)))
        transport.close()
        for carrier in carriers:
            carrier.stop()


async def serve_udp(
    port: int,
    server_port: int,
    faults: DatagramFaults,
    report: Report,
    ready: Callable[[int], None],
) -> None:
    """Stand between the clients at `port` and the server at `server_port` until cancelled.

    Args:
        port: Where clients send to; 0 lets the system choose.
        server_port: Where the server is.
        faults: What happens on the way.
        report: Is given a line for each thing done.
        ready: Is given the port as soon as clients may send.
    """
    sock = datagram_socket()
    sock.bind((HOST, port))
    transport, clients = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: ClientSide(sock, (HOST, server_port), faults, report), sock=sock
    )
    try:
        ready(sock.getsockname()[1])
        await clients.pass_requests_on()
    finally:
        transport.close()
