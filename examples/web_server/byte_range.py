"""The header Range: which bytes of a file a client wants."""

import re

_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.IGNORECASE)


def parse_range(header: str, size: int) -> range | None:
    """The bytes that a range asks for, as a `range` of their positions.

    Several ranges at once, and what is no range, count as none, as a server may choose.

    Args:
        header: The value of the header, such as `bytes=0-99`, `bytes=100-` or `bytes=-50`.
        size: How many bytes the file has.

    Returns:
        None if all of the file is to be sent; an empty range if none of it is in the range.
    """
    match = _RANGE.fullmatch(header)
    if not match:
        return None
    first, last = match.groups()
    if first and last:
        if int(first) > int(last):
            return None
        return range(int(first), min(int(last) + 1, size))
    if first:
        return range(int(first), size)
    if last:
        return range(max(size - int(last), 0), size)
    return None
