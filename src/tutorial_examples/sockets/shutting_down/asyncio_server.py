"""Answer lines in upper case, on asyncio; told to stop, finish what is under way.

A line begins with the number of seconds that its answer takes: `0.5 hello`.
Start it with `python asyncio_server.py`; Ctrl-C or SIGTERM stops it.
"""

import asyncio
import signal
from contextlib import suppress

HOST = "127.0.0.1"
PORT = 9999
LONGEST = 1000
PATIENCE = 60.0
DEADLINE = 1.0


async def answer(line: bytes) -> bytes:
    """Work on a line such as `0.5 hello` for half a second, and return `HELLO`.

    Raises:
        ValueError: The line is of another kind, or asks for more than `PATIENCE`.
    """
    number, _, text = line.decode().partition(" ")
    seconds = float(number)
    if not 0 <= seconds <= PATIENCE:
        raise ValueError(f"no work takes {seconds} seconds")
    print(f"Working on {text.rstrip()!r}")
    await asyncio.sleep(seconds)
    return text.upper().encode()


# [service]
class Service:
    """The clients that are being served, each by a task.

    Attributes:
        writers: The stream to its client, for each task.
        idle: Those tasks that wait for a line.
        stopping: Whether no further line is to be answered.
    """

    def __init__(self) -> None:
        self.writers: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self.idle: set[asyncio.Task[None]] = set()
        self.stopping = False

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Start a task for a client."""
        task = asyncio.create_task(self.attend(reader, writer))
        self.writers[task] = writer
        self.idle.add(task)
        task.add_done_callback(self.disconnected)

    def disconnected(self, task: asyncio.Task[None]) -> None:
        """Forget a task that is over."""
        del self.writers[task]
        self.idle.discard(task)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client's lines until its stream ends or the server is stopping."""
        task = asyncio.current_task()
        assert task
        while not self.stopping:
            async with asyncio.timeout(PATIENCE):
                line = await reader.readline()
            if not line.endswith(b"\n"):
                break
            self.idle.discard(task)
            writer.write(await answer(line))
            async with asyncio.timeout(PATIENCE):
                await writer.drain()
            self.idle.add(task)

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client, and close its connection, however it ends."""
        print(f"Connection from {writer.get_extra_info('peername')}")
        try:
            await self.serve(reader, writer)
        except (OSError, ValueError) as error:
            print(f"Broken off: {error!r}")
            writer.transport.abort()
        finally:
            writer.close()
            print("Connection closed")
            with suppress(OSError):
                await writer.wait_closed()

    async def stop(self) -> int:
        """Wait for the answers that are under way; returns how many are late."""
        self.stopping = True
        for task in self.idle:
            task.cancel()
        if not self.writers:
            return 0
        _, late = await asyncio.wait(self.writers, timeout=DEADLINE)
        for task in late:
            self.writers[task].transport.abort()
            task.cancel()
        if late:
            await asyncio.wait(late)
        return len(late)


async def main() -> None:
    """Serve until Ctrl-C or SIGTERM, and end in order."""
    loop = asyncio.get_running_loop()
    told_to_stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(told_to_stop.set))
    service = Service()
    server = await asyncio.start_server(service.connected, HOST, PORT, limit=LONGEST)
    host, port = server.sockets[0].getsockname()
    print(f"Listening on {host} port {port}")
    await told_to_stop.wait()
    print("\nStopping")
    server.close()
    late = await service.stop()
    print(f"Stopped, {late} cut off")


# [/service]


if __name__ == "__main__":
    asyncio.run(main())
