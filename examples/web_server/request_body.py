"""Receive the body of a request, whichever way its length is told."""

import asyncio
from http import HTTPStatus

from http_error import HTTPError
from request_head import RequestHead

_LONGEST_LINE = 256


def body_length(head: RequestHead, most: int) -> int | None:
    """How many bytes the body has, 0 if there is none; None if it comes in chunks.

    Raises:
        HTTPError: The headers contradict each other, or tell of more than `most` bytes.
    """
    coding, length = head.header("transfer-encoding"), head.header("content-length")
    if "transfer-encoding" in head.headers:
        # Whoever believes the one header sees another end of the body than who believes the other.
        if "content-length" in head.headers or head.version == (1, 0):
            raise HTTPError(HTTPStatus.BAD_REQUEST, "The length of the body is not clear.")
        if coding.lower() != "chunked":
            raise HTTPError(HTTPStatus.NOT_IMPLEMENTED, "This server takes chunked bodies only.")
        return None
    if "content-length" not in head.headers:
        return 0
    if not (length.isascii() and length.isdigit()):
        raise HTTPError(HTTPStatus.BAD_REQUEST, "The header Content-Length is no number.")
    # int would refuse to read a number of thousands of digits.
    if len(length.lstrip("0")) > 18 or int(length) > most:
        raise _too_large(most)
    return int(length)


async def receive_body(reader: asyncio.StreamReader, length: int | None, most: int) -> bytes:
    """Receive a body.

    Args:
        reader: Where the head has been read from.
        length: What `body_length` returned.
        most: How many bytes there may be.

    Raises:
        HTTPError: There are more bytes than `most`, or the chunks are none.
        asyncio.IncompleteReadError: The stream ended within the body.
    """
    if length is not None:
        return await reader.readexactly(length)
    body = bytearray()
    while size := await _receive_chunk_size(reader):
        if len(body) + size > most:
            raise _too_large(most)
        body += await reader.readexactly(size)
        if await reader.readexactly(2) != b"\r\n":
            raise HTTPError(HTTPStatus.BAD_REQUEST, "A chunk is longer than it said.")
    trailers = 0
    while await _receive_line(reader):
        trailers += 1
        if trailers > 10:
            raise HTTPError(HTTPStatus.BAD_REQUEST, "There are too many trailers.")
    return bytes(body)


async def _receive_chunk_size(reader: asyncio.StreamReader) -> int:
    digits = (await _receive_line(reader)).partition(b";")[0].strip()
    # int(..., 16) would take a sign, underscores and 0x, too.
    if not 0 < len(digits) <= 15 or digits.strip(b"0123456789abcdefABCDEF"):
        raise HTTPError(HTTPStatus.BAD_REQUEST, "The size of a chunk is no number.")
    return int(digits, 16)


async def _receive_line(reader: asyncio.StreamReader) -> bytes:
    try:
        line = await reader.readuntil(b"\r\n")
    except asyncio.LimitOverrunError:
        line = b""
    if not line or len(line) > _LONGEST_LINE:
        raise HTTPError(HTTPStatus.BAD_REQUEST, "A line of the chunked body is too long.")
    return line.removesuffix(b"\r\n")


def _too_large(most: int) -> HTTPError:
    return HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A body may have {most} bytes at most.")
