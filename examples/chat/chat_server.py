"""Let people chat in rooms, over lines of text.

Start it with `python chat_server.py`; Ctrl-C stops it. `python chat_server.py --help` tells what
can be limited.
"""

import argparse
import asyncio
import logging
import signal
from dataclasses import fields
from types import TracebackType

from chat import Chat
from limits import Limits
from session import Session


class ChatServer:
    """Listens, and has a task for each client.

    Use it with `async with`: it listens within the block. At its end it tells everybody, gives
    them a while to read that, and closes all connections.

    Attributes:
        address: Host and port where it listens.
    """

    address: tuple[str, int]

    def __init__(self, host: str, port: int, limits: Limits) -> None:
        self._host = host
        self._port = port
        self._limits = limits
        self._chat = Chat(limits.name_length)
        self._sessions: set[asyncio.Task[None]] = set()
        self._is_open = True

    async def __aenter__(self) -> "ChatServer":
        self._server = await asyncio.start_server(
            self._connected, self._host, self._port, limit=self._limits.line_bytes, backlog=128
        )
        host, port = self._server.sockets[0].getsockname()[:2]
        self.address = (host, port)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.close()
        self._is_open = False
        self._chat.end()
        for task in self._sessions:
            task.cancel()
        if self._sessions:
            await asyncio.wait(self._sessions)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._sessions) >= self._limits.clients or not self._is_open:
            writer.write(b"! there is no room for you now\n")
            writer.close()
            return
        task = asyncio.create_task(Session(reader, writer, self._chat, self._limits).run())
        self._sessions.add(task)
        task.add_done_callback(self._sessions.discard)


async def serve_until_stopped(host: str, port: int, limits: Limits) -> None:
    """Serve until Ctrl-C, or until the system asks the program to end."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    async with ChatServer(host, port, limits) as server:
        print("Listening on {} port {}".format(*server.address), flush=True)
        await stop.wait()
        print("\nStopping", flush=True)
    print("Stopped")


def main() -> None:
    """Read the arguments, and serve."""
    parser = argparse.ArgumentParser(description="Let people chat in rooms.")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (%(default)s)")
    parser.add_argument("--port", type=int, default=9999, help="where to listen (%(default)s)")
    for limit in fields(Limits):
        option = f"--{limit.name.replace('_', '-')}"
        meaning = f"{limit.metadata['help']} (%(default)s)"
        parser.add_argument(
            option, type=type(limit.default), default=limit.default, metavar="N", help=meaning
        )
    arguments = vars(parser.parse_args())
    host, port = arguments.pop("host"), arguments.pop("port")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    asyncio.run(serve_until_stopped(host, port, Limits(**arguments)))


if __name__ == "__main__":
    main()
