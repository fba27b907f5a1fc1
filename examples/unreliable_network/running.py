"""Run the unreliable network in the background of a test.

Import it: `from running import in_background`. It needs faults.py beside it.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TypeVar

from faults import Report

Faults = TypeVar("Faults")
Ready = Callable[[int], None]
Serve = Callable[[int, int, Faults, Report, Ready], Coroutine[None, None, None]]


@contextmanager
def in_background(
    serve: Serve[Faults], server_port: int, faults: Faults, report: Report = print
) -> Iterator[int]:
    """Give a `with` statement the port of an unreliable network, and stop it afterwards.

    Args:
        serve: `serve_udp` or `serve_tcp`.
        server_port: Where the server is.
        faults: What happens on the way.
        report: Is given a line for each thing done, from another thread.
    """
    started: Future[tuple[int, Callable[[], object]]] = Future()

    async def main() -> None:
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        assert task is not None

        def ready(port: int) -> None:
            started.set_result((port, lambda: loop.call_soon_threadsafe(task.cancel)))

        await serve(0, server_port, faults, report, ready)

    def run() -> None:
        try:
            asyncio.run(main())
        except asyncio.CancelledError:
            pass
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        port, stop = started.result()
        try:
            yield port
        finally:
            stop()
    finally:
        thread.join()
