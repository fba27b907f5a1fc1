"""Serve all clients in one thread, each in a coroutine."""

import asyncio

from server_program import HOST, QUEUE, announce, run


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Talk to one client until its stream ends or breaks."""
    try:
        while data := await reader.read(1024):
            writer.write(data.upper())
            await writer.drain()
    except (ConnectionError, asyncio.CancelledError):
        pass  # At the end of the program Python 3.11 would report a cancelled talk as an error.
    finally:
        writer.close()


async def listen(port: int) -> None:
    """Listen on a port, 0 for any, and serve for ever."""
    server = await asyncio.start_server(answer, HOST, port, backlog=QUEUE)
    announce(server.sockets[0])
    # serve_forever would, at Ctrl-C, wait for the clients to leave.
    await asyncio.Event().wait()


def serve(port: int) -> None:
    """Run the loop of the standard library."""
    asyncio.run(listen(port))


if __name__ == "__main__":
    run(serve, __doc__)
