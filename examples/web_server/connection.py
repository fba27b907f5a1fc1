"""One client's connection: its requests one after the other, each within its limits."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus

from http_error import HTTPError
from limits import Limits
from request_body import body_length, receive_body
from request_head import RequestHead, parse_head
from response import FilePart, Response, error_response

Respond = Callable[[RequestHead, bytes], Awaitable[Response]]

_PIECE = 65_536
_log = logging.getLogger("web_server")


class Connection:
    """Speaks HTTP/1.1 with one client.

    Attributes:
        is_idle: Whether it waits for a request, so that nothing is lost if it is closed.
        is_last: Whether the request under way is the last one; set it to stop the connection.
    """

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        respond: Respond,
        limits: Limits,
    ) -> None:
        self.is_idle = True
        self.is_last = False
        self._reader = reader
        self._writer = writer
        self._respond = respond
        self._limits = limits
        self._client = writer.get_extra_info("peername")[0]
        # So that drain waits until the client's system has taken all there is.
        writer.transport.set_write_buffer_limits(0)

    async def serve(self) -> None:
        """Answer requests until either side has had enough."""
        try:
            while not self.is_last:
                try:
                    head = await self._receive_head()
                    if head is None:
                        return
                    await self._answer(head)
                except HTTPError as error:
                    await self._refuse(error)
        except asyncio.IncompleteReadError:
            _log.info("%s broken off: the stream ended within a request", self._client)
        except TimeoutError:
            _log.info("%s broken off: it took the answer too slowly", self._client)
        except ConnectionError as error:
            _log.info("%s broken off: %s", self._client, error)

    async def refuse(self, error: HTTPError) -> None:
        """Answer with an error whatever the client is about to ask."""
        with suppress(ConnectionError, TimeoutError):
            await self._refuse(error)

    async def _receive_head(self) -> RequestHead | None:
        self.is_idle = True
        try:
            async with asyncio.timeout(self._limits.idle_seconds):
                begin = await self._reader.read(1)
        except TimeoutError:
            return None
        if not begin:
            return None
        self.is_idle = False
        try:
            async with asyncio.timeout(self._limits.head_seconds):
                head = begin + await self._reader.readuntil(b"\r\n\r\n")
        except TimeoutError:
            raise HTTPError(HTTPStatus.REQUEST_TIMEOUT, "The headers took too long.") from None
        except asyncio.LimitOverrunError:
            raise HTTPError(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too long."
            ) from None
        return parse_head(head, self._limits.headers)

    async def _receive_body(self, head: RequestHead) -> bytes:
        length = body_length(head, self._limits.body_bytes)
        if length == 0:
            return b""
        if head.header("expect").lower() == "100-continue" and head.version == (1, 1):
            self._writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                return await receive_body(self._reader, length, self._limits.body_bytes)
        except TimeoutError:
            raise HTTPError(HTTPStatus.REQUEST_TIMEOUT, "The body took too long.") from None

    async def _answer(self, head: RequestHead) -> None:
        body = await self._receive_body(head)
        try:
            response = await self._respond(head, body)
        except HTTPError as error:
            response = error_response(error)
        except Exception:
            _log.exception("%s caused an error of ours", self._client)
            response = error_response(HTTPError(HTTPStatus.INTERNAL_SERVER_ERROR))
        if not head.keeps_alive:
            self.is_last = True
        try:
            await self._send(response, with_body=head.method != "HEAD")
        finally:
            response.close()
        _log.info(
            '%s "%s %s" %d %d',
            self._client,
            head.method,
            head.target,
            response.status,
            response.size,
        )

    async def _refuse(self, error: HTTPError) -> None:
        # Where the next request begins, nobody knows.
        self.is_last = True
        _log.info("%s refused: %s", self._client, error)
        await self._send(error_response(error), with_body=True)
        await self._linger()

    async def _send(self, response: Response, *, with_body: bool) -> None:
        head = response.head(keep=not self.is_last)
        if not with_body:
            await self._send_piece(head)
        elif isinstance(response.body, FilePart):
            await self._send_piece(head)
            await self._send_file(response.body)
        else:
            await self._send_piece(head + response.body)

    async def _send_file(self, part: FilePart) -> None:
        left = part.size
        while left:
            piece = await asyncio.to_thread(part.file.read, min(left, _PIECE))
            if not piece:
                # The length has been promised; only an early end tells the client.
                self._writer.transport.abort()
                raise ConnectionAbortedError("the file became shorter while it was sent")
            await self._send_piece(piece)
            left -= len(piece)

    async def _send_piece(self, piece: bytes) -> None:
        self._writer.write(piece)
        try:
            async with asyncio.timeout(self._limits.send_seconds):
                await self._writer.drain()
        except TimeoutError:
            # To close would wait for the client to take the rest.
            self._writer.transport.abort()
            raise

    async def _linger(self) -> None:
        # If bytes were unread when we close, a reset might destroy the answer on its way.
        with suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(self._limits.linger_seconds):
                self._writer.write_eof()
                while await self._reader.read(_PIECE):
                    pass
