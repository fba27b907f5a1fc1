"""Serve as asyncio_server.py does, on the event loop of uvloop; not on Windows."""

import uvloop
from asyncio_server import listen
from server_program import run


def serve(port: int) -> None:
    """Listen on a port, 0 for any, and serve for ever."""
    uvloop.run(listen(port))


if __name__ == "__main__":
    run(serve, __doc__)
