"""Checks of the exercises on the page `sockets/layers`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise

HEADER = bytes.fromhex("4500 0021 802e 4000 4011 bc9b 7f00 0001 7f00 0001")
DATAGRAM = bytes.fromhex("9c40 2b67 000d 0000") + b"Hello"


@exercise
def check_ip(attempt: Attempt) -> None:
    unwrap = attempt.function("unwrap", "unwrap(packet)")
    ends = ("127.0.0.1", "127.0.0.1", 17)
    unwrap.expect(
        HEADER + DATAGRAM,
        returns=(*ends, DATAGRAM),
        hints={
            repr((b"\x7f\0\0\1", b"\x7f\0\0\1", 17, DATAGRAM)): "write addresses with dots",
            repr((*ends, DATAGRAM[8:])): "the UDP header belongs to what IP carries",
            repr((*ends, HEADER + DATAGRAM)): "the payload begins after the header",
            repr([*ends, DATAGRAM]): "return a tuple, return a, b, c, d",
        },
    )
    longer = b"\x46" + HEADER[1:3] + b"\x25" + HEADER[4:9] + b"\x06" + HEADER[10:]
    unwrap.expect(
        longer + b"\1\1\1\0" + DATAGRAM,
        returns=("127.0.0.1", "127.0.0.1", 6, DATAGRAM),
        hints={
            repr(("127.0.0.1", "127.0.0.1", 6, b"\1\1\1\0" + DATAGRAM)): (
                "the header says itself how long it is; this one has 6 words of 4 bytes"
            )
        },
    )
    unwrap.expect(
        HEADER + DATAGRAM + bytes(13),
        returns=(*ends, DATAGRAM),
        hints={
            repr((*ends, DATAGRAM + bytes(13))): (
                "the total length says where the packet ends, though more bytes came"
            )
        },
    )
    unwrap.expect_error(ValueError, HEADER + DATAGRAM[:-1])
    unwrap.expect_error(ValueError, HEADER[:12])


@exercise
def check_checksum(attempt: Attempt) -> None:
    checksum = attempt.function("checksum", "checksum(data)")
    checksum.expect(bytes(4), returns=0xFFFF, hints={"0": "in the end it is taken from 65535"})
    checksum.expect(
        b"\x12\x34\x00\x01",
        returns=0xFFFF - 0x1235,
        hints={
            repr(0x1235): "in the end it is taken from 65535",
            repr(0xFFFF - 0x3512): "the network writes the greater half of a number first",
            repr(0xFFFF - 0x47): "add numbers of 16 bits, which are two bytes each",
            repr(b"\xed\xca"): "return the number, not its bytes",
        },
    )
    checksum.expect(
        b"\xff\xff\x00\x02",
        returns=0xFFFF - 2,
        hints={
            repr(0xFFFF - 0x10001): "what exceeds 16 bits is added to the lower 16 bits",
            repr(0xFFFF - 1): "what exceeds 16 bits is added, not thrown away",
        },
    )
    # Here the sum exceeds 16 bits again when what exceeded them has been added.
    checksum.expect(b"\xff\xff" * 65538, returns=0)
    checksum.expect(HEADER[:10] + bytes(2) + HEADER[12:], returns=0xBC9B)
    checksum.expect(HEADER, returns=0)
