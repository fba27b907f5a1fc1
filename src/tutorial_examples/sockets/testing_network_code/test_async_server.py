"""Test the server made with asyncio, with the standard library alone.

Start it with `python -m unittest test_async_server.py`. It needs
async_server.py and line_protocol.py beside it.
"""

import asyncio
import unittest

from async_server import attend


# [tests]
class AsyncServerTest(unittest.IsolatedAsyncioTestCase):
    """Each test has an event loop and a server of its own."""

    async def asyncSetUp(self) -> None:
        """Start a server at a port that is free, and connect to it."""
        asyncio.get_running_loop().slow_callback_duration = 5
        self.server = await asyncio.start_server(attend, "127.0.0.1", 0)
        host, port = self.server.sockets[0].getsockname()
        self.reader, self.writer = await asyncio.open_connection(host, port)

    async def asyncTearDown(self) -> None:
        """End the stream, wait until the server has ended its own, and stop it."""
        async with asyncio.timeout(5):
            self.writer.write_eof()
            await self.reader.read()
        self.writer.close()
        self.server.close()

    async def test_a_line_in_two_pieces(self) -> None:
        """The pieces are put together."""
        async with asyncio.timeout(5):
            self.writer.write(b"Hel")
            await self.writer.drain()
            self.writer.write(b"lo\n")
            self.assertEqual(await self.reader.readline(), b"HELLO\n")

    async def test_a_line_that_is_too_long(self) -> None:
        """The server hangs up."""
        async with asyncio.timeout(5):
            self.writer.write(b"x" * 1001)
            self.assertEqual(await self.reader.read(), b"")


# [/tests]
