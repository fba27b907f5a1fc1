"""Send each line of a client to all other clients.

Start it with `python relay_server.py`; Ctrl-C stops it.
"""

import asyncio

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000
MOST_WAITING = 1_000_000

writers: set[asyncio.StreamWriter] = set()


# [serve]
def send(writer: asyncio.StreamWriter, line: bytes) -> None:
    """Send without waiting; give up a client for whom too much waits already."""
    if writer.transport.get_write_buffer_size() > MOST_WAITING:
        writer.transport.abort()
    elif not writer.is_closing():
        writer.write(line)


async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass one client's lines on until its stream ends."""
    print(f"Connection from {writer.get_extra_info('peername')}")
    writers.add(writer)
    try:
        while (line := await reader.readline()).endswith(b"\n"):
            for other in writers - {writer}:
                send(other, line)
    except (OSError, ValueError) as error:
        print(f"Broken off: {error!r}")
        writer.transport.abort()
    finally:
        writers.remove(writer)
        writer.close()
        print("Connection closed")


# [/serve]


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
