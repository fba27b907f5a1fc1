"""Put a UDP header before data, and take it off again.

Import it: `from udp_header import wrap, unwrap`.
"""

import struct

HEADER = struct.Struct("!HHHH")


def wrap(data: bytes, source: int, destination: int) -> bytes:
    """Return a UDP header and `data`; the ports are numbers up to 65535.

    The checksum is left at 0, which means that there is none.

    Raises:
        struct.error: A port, or the length of header and data, does not fit into 16 bits.
    """
    return HEADER.pack(source, destination, HEADER.size + len(data), 0) + data


def unwrap(datagram: bytes) -> tuple[int, int, bytes]:
    """Return the source port, the destination port and the data of a datagram.

    Raises:
        ValueError: The datagram is shorter or longer than its header says.
    """
    if len(datagram) < HEADER.size:
        raise ValueError(f"{len(datagram)} bytes are too few for a header of {HEADER.size}")
    source, destination, length, checksum = HEADER.unpack_from(datagram)
    if length != len(datagram):
        raise ValueError(f"the header says {length} bytes, but there are {len(datagram)}")
    return source, destination, datagram[HEADER.size :]
