"""One client as the others see it: somebody to tell something, who may read slowly."""

import asyncio
import socket

_SEND_BUFFER = 65_536


class Member:
    """Keeps the lines for a client until it reads them, but not too many.

    Attributes:
        name: Under which it has entered; empty before that.
        room: Where it is; empty if in none.
        was_too_slow: Whether it was cut off because too many lines waited.
    """

    def __init__(self, writer: asyncio.StreamWriter, waiting_lines: int) -> None:
        self.name = ""
        self.room = ""
        self.was_too_slow = False
        self._writer = writer
        # With None as the last, the lines are complete.
        self._lines: asyncio.Queue[str | None] = asyncio.Queue(waiting_lines)
        # Lines wait in the queue, which counts them, and not in buffers of transport and system.
        writer.transport.set_write_buffer_limits(0)
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)

    def tell(self, text: str) -> None:
        """Send a line soon. Nobody waits for that; who does not read is cut off instead."""
        try:
            self._lines.put_nowait(text)
        except asyncio.QueueFull:
            self.was_too_slow = True
            self._writer.transport.abort()

    async def send_lines(self) -> None:
        """Send the lines one after the other, up to the last.

        Raises:
            OSError: The client has gone.
        """
        while (text := await self._lines.get()) is not None:
            self._writer.write(f"{text}\n".encode())
            await self._writer.drain()

    async def end_lines(self) -> None:
        """Say that the lines are complete; waits for room if too many wait to be sent."""
        await self._lines.put(None)
