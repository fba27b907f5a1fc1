"""Pass streams on between clients and a server, with the faults that were asked for.

Import it: `from tcp_proxy import serve_tcp`. It needs faults.py beside it.
"""

import asyncio
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress

from faults import Direction, End, Report, StreamFaults, StreamLine

HOST = "127.0.0.1"
PIECE = 65536
MOST_COALESCED = 1_000_000
STALLED_AT_MOST = 60.0

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class BrokenOff(Exception):
    """One of the two has reset its connection."""


async def read_piece(reader: asyncio.StreamReader, silence: float) -> bytes:
    """One piece, joined with all that follows until nothing comes for `silence` seconds."""
    piece = await reader.read(PIECE)
    while silence and 0 < len(piece) < MOST_COALESCED:
        try:
            async with asyncio.timeout(silence):
                more = await reader.read(PIECE)
        except TimeoutError:
            break
        if not more:
            break
        piece += more
    return piece


async def carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: StreamLine, report: Report
) -> None:
    """Carry one direction to the end of its stream, or until it is spoiled.

    Raises:
        BrokenOff: The side that is read from has reset the connection, or nobody reads any more.
    """
    faults = line.faults
    pause = faults.delay
    before_piece = max(faults.delay, faults.gap) if faults.one_byte_at_a_time else faults.delay
    try:
        while line.end is None and (piece := await read_piece(reader, faults.coalescing)):
            for part in line.take(piece):
                await asyncio.sleep(pause)
                writer.write(part)
                await writer.drain()
                pause = faults.gap
            pause = before_piece
        if line.end is End.STALL:
            # What comes is thrown away, so as to notice when the sender gives up.
            while await reader.read(PIECE):
                pass
        elif line.end is None:
            report(f"{line.name}: end of stream")
            writer.write_eof()
    except OSError as error:
        raise BrokenOff(f"{line.name}: broken off") from error


def reset(writer: asyncio.StreamWriter) -> None:
    """Close a connection the rude way: no end of stream, a reset."""
    at_once = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
    with suppress(OSError):  # it may have been closed meanwhile
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
    writer.transport.abort()


async def until_over(carriers: set[asyncio.Task[None]], lines: list[StreamLine]) -> None:
    """Wait until both streams have ended, or one of them has been spoiled.

    Raises:
        BrokenOff: One of the two programs has reset its connection.
    """
    running = carriers
    while running:
        done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for carrier in done:
            carrier.result()
        if any(line.end in (End.RESET, End.CLOSE) for line in lines):
            return
    if any(line.end is End.STALL for line in lines):
        # Whoever waits must hear nothing, not even an end of stream.
        await asyncio.sleep(STALLED_AT_MOST)


class Connections:
    """All clients of one proxy.

    Args:
        server_port: Where the server is.
        faults: What happens on the way.
        report: Is given a line for each thing done.
    """

    def __init__(self, server_port: int, faults: StreamFaults, report: Report) -> None:
        self._server_port = server_port
        self._faults = faults
        self._report = report
        self._count = 0

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Connect one client with the server until the connection ends."""
        self._count += 1
        number = self._count
        self._report(f"client {number}: connected")
        try:
            to_server = await asyncio.open_connection(HOST, self._server_port)
        except OSError:
            self._report(f"client {number}: nobody listens at port {self._server_port}")
            reset(writer)
            return
        await self._carry_both(number, (reader, writer), to_server)

    async def _carry_both(self, number: int, client: Streams, server: Streams) -> None:
        (from_client, to_client), (from_server, to_server) = client, server
        requests = self._line(number, Direction.TO_SERVER, f"client {number} to server")
        answers = self._line(number, Direction.TO_CLIENT, f"server to client {number}")
        carriers = {
            asyncio.create_task(carry(from_client, to_server, requests, self._report)),
            asyncio.create_task(carry(from_server, to_client, answers, self._report)),
        }
        is_reset = False
        try:
            await until_over(carriers, [requests, answers])
            is_reset = End.RESET in (requests.end, answers.end)
        except BrokenOff as error:
            self._report(str(error))
            is_reset = True
        finally:
            for carrier in carriers:
                carrier.cancel()
            await asyncio.gather(*carriers, return_exceptions=True)
            for writer in (to_client, to_server):
                if is_reset:
                    reset(writer)
                else:
                    writer.close()

    def _line(self, number: int, direction: Direction, name: str) -> StreamLine:
        return StreamLine(self._faults.of_connection(number, direction), name, self._report)


async def serve_tcp(
    port: int,
    server_port: int,
    faults: StreamFaults,
    report: Report,
    ready: Callable[[int], None],
) -> None:
    """Stand between the clients at `port` and the server at `server_port` until cancelled.

    Args:
        port: Where clients connect to; 0 lets the system choose.
        server_port: Where the server is.
        faults: What happens on the way.
        report: Is given a line for each thing done.
        ready: Is given the port as soon as clients may connect.
    """
    connections = Connections(server_port, faults, report)
    listener = socket.create_server((HOST, port))
    async with asyncio.TaskGroup() as clients:

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            clients.create_task(connections.attend(reader, writer))

        server = await asyncio.start_server(connected, sock=listener)
        try:
            ready(listener.getsockname()[1])
            await asyncio.Event().wait()  # which nobody sets: for ever
        finally:
            server.close()
