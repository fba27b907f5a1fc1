r"""Cut a buffer into lines that end with `\n` or `\r\n`.

Import it: `from cut import cut`.
"""


def cut(buffer: bytes) -> tuple[list[bytes], bytes]:
    """Return the complete lines, without their ends, and what is left of the buffer."""
    *lines, rest = buffer.split(b"\n")
    return [line.removesuffix(b"\r") for line in lines], rest
