"""Serve many clients with coroutines, on an event loop of twenty lines.

Start it with `python loop_server.py`; Ctrl-C stops it.
"""

import selectors
import socket
import types
from collections.abc import Coroutine, Generator

HOST = "127.0.0.1"
PORT = 9999

Wish = tuple[socket.socket, int]


# [loop]
@types.coroutine
def ready(sock: socket.socket, event: int) -> Generator[Wish, None, None]:
    """Wait until the socket is ready: tell the loop for what, and stop here."""
    yield sock, event


class Loop:
    """Runs coroutines, each until it has to wait."""

    def __init__(self) -> None:
        self.selector = selectors.DefaultSelector()

    def step(self, coroutine: Coroutine[Wish, None, None]) -> None:
        """Let a coroutine run until it waits, and note for what."""
        try:
            sock, event = coroutine.send(None)
        except StopIteration:
            return
        self.selector.register(sock, event, data=coroutine)

    def run(self) -> None:
        """Go on with each coroutine whose socket has become ready."""
        while True:
            for key, _ in self.selector.select():
                self.selector.unregister(key.fileobj)
                self.step(key.data)


# [/loop]


# [serve]
async def receive(sock: socket.socket) -> bytes:
    """Receive one piece; b"" at the end of the stream."""
    await ready(sock, selectors.EVENT_READ)
    return sock.recv(1024)


async def send_all(sock: socket.socket, data: bytes) -> None:
    """Send everything, in as many pieces as it takes."""
    while data:
        await ready(sock, selectors.EVENT_WRITE)
        sent = sock.send(data)
        data = data[sent:]


async def serve(sock: socket.socket) -> None:
    """Answer one client until its stream ends."""
    with sock:
        try:
            while data := await receive(sock):
                await send_all(sock, data.upper())
        except OSError as error:
            print(f"Broken off: {error}")
    print("Connection closed")


async def accept(loop: Loop, listener: socket.socket) -> None:
    """Start a coroutine for each client."""
    while True:
        await ready(listener, selectors.EVENT_READ)
        sock, address = listener.accept()
        print(f"Connection from {address}")
        sock.setblocking(False)
        loop.step(serve(sock))


# [/serve]


def main() -> None:
    """Serve all clients until Ctrl-C."""
    loop = Loop()
    with socket.create_server((HOST, PORT)) as listener:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        loop.step(accept(loop, listener))
        loop.run()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
