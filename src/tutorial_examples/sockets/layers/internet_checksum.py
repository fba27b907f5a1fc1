"""Compute the checksum that the headers of IP, UDP and TCP carry (RFC 1071).

Import it: `from internet_checksum import checksum`.
"""


def checksum(data: bytes) -> int:
    """Return the checksum, 16 bits, of `data`; of data that includes a right one it is 0."""
    if len(data) % 2:
        data += b"\0"
    total = 0
    for index in range(0, len(data), 2):
        total += int.from_bytes(data[index : index + 2], "big")
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return 0xFFFF - total
