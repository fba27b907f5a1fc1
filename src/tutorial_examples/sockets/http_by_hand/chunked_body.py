"""Put the chunks of an HTTP response together.

Import it: `from chunked_body import read_chunked`.
"""

from typing import BinaryIO


def read_chunked(stream: BinaryIO) -> bytes:
    """Return the body that the chunks in `stream` make.

    Raises:
        EOFError: The last chunk is missing.
        ValueError: What should be a length is none.
    """
    body = b""
    while True:
        line = stream.readline()
        if not line.endswith(b"\n"):
            raise EOFError("the stream ended before the last chunk")
        length = int(line.partition(b";")[0], 16)
        chunk = stream.read(length)
        ending = stream.readline()
        if len(chunk) < length or ending != b"\r\n":
            raise EOFError("the stream ended within a chunk")
        if length == 0:
            return body
        body += chunk
