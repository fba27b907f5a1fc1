"""Test the naive protocol, once with a line in one piece, once with a line in two.

Start it with `python -m pytest test_naive_protocol.py`. It needs pytest, and
naive_protocol.py beside it.
"""

from naive_protocol import LineProtocol


def test_a_line_in_one_piece() -> None:
    """This is what one tries by hand."""
    protocol = LineProtocol()
    assert protocol.receive(b"Hello\n") == b"HELLO\n"


def test_a_line_in_two_pieces() -> None:
    """This is what happens on a network."""
    protocol = LineProtocol()
    answer = protocol.receive(b"Hel") + protocol.receive(b"lo\n")
    assert answer == b"HELLO\n"
