"""Serve a folder and the upper-case service over HTTP/1.1.

Start it with `python web_server.py public`; Ctrl-C stops it. `python web_server.py --help` tells
what can be limited.
"""

import argparse
import asyncio
import logging
import signal
from contextlib import suppress
from dataclasses import fields
from http import HTTPStatus
from pathlib import Path
from types import TracebackType

from connection import Connection
from file_site import file_response
from http_error import HTTPError
from limits import Limits
from request_head import RequestHead
from response import Response
from upper_site import upper_response


class WebServer:
    """Listens, and has a task for each connection.

    Use it with `async with`: it listens within the block, and at its end stops listening, lets
    requests under way come to their end, and closes all connections.

    Attributes:
        address: Host and port where it listens.
    """

    address: tuple[str, int]

    def __init__(self, folder: Path, host: str, port: int, limits: Limits) -> None:
        self._folder = folder.resolve()
        self._host = host
        self._port = port
        self._limits = limits
        self._connections: dict[asyncio.Task[None], Connection] = {}

    async def __aenter__(self) -> "WebServer":
        self._server = await asyncio.start_server(
            self._serve, self._host, self._port, limit=self._limits.head_bytes, backlog=128
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
        for task, connection in self._connections.items():
            connection.is_last = True
            if connection.is_idle:
                task.cancel()
        if self._connections:
            await asyncio.wait(self._connections, timeout=self._limits.stop_seconds)
        for task in self._connections:
            task.cancel()
        if self._connections:
            await asyncio.wait(self._connections)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connection = Connection(reader, writer, self._respond, self._limits)
        is_full = len(self._connections) >= self._limits.connections
        self._connections[task] = connection
        try:
            if is_full:
                later = {"Retry-After": "5"}
                await connection.refuse(
                    HTTPError(HTTPStatus.SERVICE_UNAVAILABLE, "Too many clients.", later)
                )
            else:
                await connection.serve()
        except asyncio.CancelledError:
            # The server stops, and whoever is asked for the task's result need not know how.
            writer.transport.abort()
        finally:
            del self._connections[task]
            writer.close()

    async def _respond(self, head: RequestHead, body: bytes) -> Response:
        if head.path == "/upper":
            return upper_response(head, body)
        # Files may be slow, and all other clients would wait.
        return await asyncio.to_thread(file_response, self._folder, head)


async def serve_until_stopped(folder: Path, host: str, port: int, limits: Limits) -> None:
    """Serve until Ctrl-C, or until the system asks the program to end."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there Ctrl-C raises a KeyboardInterrupt.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with WebServer(folder, host, port, limits) as server:
        print("Listening on {} port {}".format(*server.address), flush=True)
        await stop.wait()


def read_arguments() -> argparse.Namespace:
    """What was typed behind the program's name."""
    parser = argparse.ArgumentParser(description="Serve a folder over HTTP/1.1.")
    parser.add_argument("folder", type=Path, help="the folder to serve")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="where to listen (%(default)s)")
    for limit in fields(Limits):
        option = f"--{limit.name.replace('_', '-')}"
        meaning = f"{limit.metadata['help']} (%(default)s)"
        parser.add_argument(
            option, type=type(limit.default), default=limit.default, metavar="N", help=meaning
        )
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        parser.error(f"{arguments.folder} is no folder: name one that is to be served")
    return arguments


def main() -> None:
    """Read the arguments, and serve."""
    arguments = read_arguments()
    limits = Limits(**{limit.name: getattr(arguments, limit.name) for limit in fields(Limits)})
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with suppress(KeyboardInterrupt):
        asyncio.run(serve_until_stopped(arguments.folder, arguments.host, arguments.port, limits))
    print("\nStopped")


if __name__ == "__main__":
    main()
