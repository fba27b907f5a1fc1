"""Take the IP header off a packet.

Import it: `from ip_header import unwrap`.
"""

import struct

# Version and length, class of service, total length, identification, flags and offset,
# time to live, protocol, checksum, source, destination.
HEADER = struct.Struct("!BBHHHBBH4s4s")


def dotted(address: bytes) -> str:
    """Return the usual notation of an address of four bytes."""
    return ".".join(str(byte) for byte in address)


def unwrap(packet: bytes) -> tuple[str, str, int, bytes]:
    """Return the source, the destination, the protocol's number and what the packet carries.

    Raises:
        ValueError: The packet is not one of IPv4, or its lengths do not fit together.
    """
    if len(packet) < HEADER.size:
        raise ValueError(f"{len(packet)} bytes are too few for a header of {HEADER.size}")
    first, _, total, _, _, _, protocol, _, source, destination = HEADER.unpack_from(packet)
    version, words = divmod(first, 16)
    if version != 4:
        raise ValueError(f"this is version {version} of IP, not 4")
    length = words * 4
    if not HEADER.size <= length <= total <= len(packet):
        raise ValueError(f"a header of {length} bytes, {total} in all, but {len(packet)} came")
    return dotted(source), dotted(destination), protocol, packet[length:total]
