"""Test the messages with a length in front, cut and joined in every way.

Start it with `python -m pytest test_length_protocol.py`. It needs pytest, and
length_protocol.py beside it.
"""

import pytest
from length_protocol import LengthProtocol

STREAM = b"\x00\x00\x00\x03one\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x00\n"
MESSAGES = [b"one", b"", b"\x00\x00\x00\n"]


@pytest.mark.parametrize("size", range(1, len(STREAM) + 1))
def test_pieces_of_any_size(size: int) -> None:
    """Pieces of one byte, of two ... and all at once."""
    protocol = LengthProtocol()
    received = []
    for start in range(0, len(STREAM), size):
        received += protocol.receive(STREAM[start : start + size])
    assert received == MESSAGES


def test_a_length_that_is_too_great() -> None:
    """It is refused before any of the message has come."""
    with pytest.raises(ValueError, match="a message of 1195725856 bytes"):
        LengthProtocol().receive(b"GET ")
