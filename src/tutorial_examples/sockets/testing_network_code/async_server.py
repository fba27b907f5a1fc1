"""Answer each line of each client with a line in upper case, with asyncio.

Start it with `python async_server.py`; Ctrl-C stops it. It needs
line_protocol.py beside it.
"""

import asyncio

from line_protocol import LineProtocol

HOST = "127.0.0.1"
PORT = 9999
PATIENCE = 60.0


# [attend]
async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one client until its stream ends."""
    protocol = LineProtocol()
    try:
        async with asyncio.timeout(PATIENCE):
            while piece := await reader.read(4096):
                writer.write(protocol.receive(piece))
                await writer.drain()
        protocol.end()
    except (OSError, ValueError, EOFError) as error:
        print(f"Broken off: {error!r}")
    finally:
        writer.close()


# [/attend]


async def main() -> None:
    """Serve all clients until Ctrl-C."""
    async with asyncio.TaskGroup() as clients:

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            clients.create_task(attend(reader, writer))

        server = await asyncio.start_server(connected, HOST, PORT)
        host, port = server.sockets[0].getsockname()
        print(f"Listening on {host} port {port}")
        try:
            await asyncio.Event().wait()  # which nobody sets: for ever
        finally:
            server.close()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        print("\nStopped")
