"""Answer each line of many clients with a line in upper case.

Start it with `python upper_server.py`; Ctrl-C stops it.
"""

import asyncio

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000
PATIENCE = 60.0


# [serve]
async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one client's lines until its stream ends.

    Raises:
        ValueError: A line has more than `LONGEST` bytes, or is no text.
        EOFError: The stream ended in the middle of a line.
        TimeoutError: A line and its answer took more than `PATIENCE` seconds.
    """
    while True:
        async with asyncio.timeout(PATIENCE):
            line = await reader.readline()
            if not line:
                break
            if not line.endswith(b"\n"):
                raise EOFError(f"the stream ended after {len(line)} bytes of a line")
            writer.write(line.decode().upper().encode())
            await writer.drain()


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


# [/serve]


# [main]
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
# [/main]
