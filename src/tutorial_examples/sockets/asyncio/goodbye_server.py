"""Answer in upper case, and say goodbye to whoever sends no line for half a second.

Start it with `python goodbye_server.py`; Ctrl-C stops it.
"""

import asyncio

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000
PATIENCE = 0.5


async def send(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Send, and give up on a client that does not read."""
    async with asyncio.timeout(PATIENCE):
        writer.write(data)
        await writer.drain()


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one client's lines until its stream ends, or until it is silent.

    Raises:
        ValueError: A line has more than `LONGEST` bytes, or is no text.
        EOFError: The stream ended in the middle of a line.
        TimeoutError: The client does not read its answers.
    """
    while True:
        try:
            async with asyncio.timeout(PATIENCE):
                line = await reader.readline()
        except TimeoutError:
            await send(writer, b"GOODBYE\n")
            break
        if not line:
            break
        if not line.endswith(b"\n"):
            raise EOFError(f"the stream ended after {len(line)} bytes of a line")
        await send(writer, line.decode().upper().encode())


async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Serve one client, and close its connection, however it ends."""
    print(f"Connection from {writer.get_extra_info('peername')}")
    try:
        await serve(reader, writer)
    except (OSError, ValueError, EOFError) as error:
        print(f"Broken off: {error!r}")
        writer.transport.abort()
    finally:
        writer.close()
        print("Connection closed")


async def main() -> None:
    """Serve all clients until Ctrl-C."""
    async with asyncio.TaskGroup() as clients:

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            clients.create_task(attend(reader, writer))

        server = await asyncio.start_server(connected, HOST, PORT, limit=LONGEST)
        host, port = server.sockets[0].getsockname()
        print(f"Listening on {host} port {port}")
        try:
            await asyncio.Event().wait()  # which nobody sets: for ever
        finally:
            print("\nStopping")
            server.close()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        print("Stopped")
