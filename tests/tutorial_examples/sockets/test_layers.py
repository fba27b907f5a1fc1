"""The headers, where they are too short, too long, or lie."""

import struct

import pytest

from tutorial_examples.sockets.layers import internet_checksum, ip_header, udp_header


def ip_packet(payload, *, first=0x45, total=None, options=b""):
    total = 20 + len(options) + len(payload) if total is None else total
    start = struct.pack("!BBHHHBBH", first, 0, total, 1, 0, 64, 17, 0)
    return start + bytes([192, 0, 2, 1]) + bytes([192, 0, 2, 255]) + options + payload


@pytest.mark.parametrize("data", [b"", b"x", b"\0" * 65527])
def test_what_is_wrapped_can_be_unwrapped(data):
    assert udp_header.unwrap(udp_header.wrap(data, 0, 65535)) == (0, 65535, data)


@pytest.mark.parametrize(
    ("data", "source", "destination"),
    [(b"", -1, 1), (b"", 1, 65536), (b"\0" * 65528, 1, 1)],
    ids=["negative port", "port too large", "data too long"],
)
def test_what_does_not_fit_into_the_header_is_refused(data, source, destination):
    with pytest.raises(struct.error):
        udp_header.wrap(data, source, destination)


@pytest.mark.parametrize("length", range(8))
def test_a_piece_of_a_udp_header_is_none(length):
    with pytest.raises(ValueError, match=f"^{length} bytes are too few for a header of 8$"):
        udp_header.unwrap(bytes(length))


def test_a_udp_length_that_lies_is_noticed():
    datagram = udp_header.wrap(b"hello", 1, 2)
    with pytest.raises(ValueError, match=r"^the header says 13 bytes, but there are 14$"):
        udp_header.unwrap(datagram + b"!")
    with pytest.raises(ValueError, match=r"^the header says 13 bytes, but there are 8$"):
        udp_header.unwrap(datagram[:8])


def test_an_ip_packet_is_taken_apart():
    assert ip_header.unwrap(ip_packet(b"data")) == ("192.0.2.1", "192.0.2.255", 17, b"data")


def test_options_and_padding_are_no_payload():
    packet = ip_packet(b"data", first=0x46, options=b"\1\1\1\0")
    assert ip_header.unwrap(packet + bytes(20))[3] == b"data"


@pytest.mark.parametrize(
    ("packet", "complaint"),
    [
        (b"", "0 bytes are too few"),
        (ip_packet(b"")[:19], "19 bytes are too few"),
        (ip_packet(b"", first=0x65), "version 6 of IP, not 4"),
        (ip_packet(b"", first=0x44), "a header of 16 bytes"),
        (ip_packet(b"", first=0x4F), "a header of 60 bytes, 20 in all"),
        (ip_packet(b"data", total=25), "25 in all, but 24 came"),
        (ip_packet(b"data", total=19), "a header of 20 bytes, 19 in all"),
    ],
)
def test_an_ip_header_that_lies_is_noticed(packet, complaint):
    with pytest.raises(ValueError, match=complaint):
        ip_header.unwrap(packet)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", 0xFFFF),
        (b"\0\0", 0xFFFF),
        (b"\xff\xff", 0),
        (b"\x12", 0xEDFF),
        # The example of RFC 1071, section 3.
        (bytes.fromhex("0001f203f4f5f6f7"), 0xFFFF - 0xDDF2),
        # The sum overflows, and overflows again when the overflow is added.
        (b"\xff\xff" * 65537 + b"\0\1", 0xFFFE),
    ],
)
def test_the_checksum(data, expected):
    assert internet_checksum.checksum(data) == expected
