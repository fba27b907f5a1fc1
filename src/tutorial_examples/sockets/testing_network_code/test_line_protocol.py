"""Test the line protocol with bytes, and no socket.

Start it with `python -m pytest test_line_protocol.py`. It needs pytest, and
line_protocol.py beside it.
"""

import pytest
from line_protocol import LONGEST, LineProtocol

REQUEST = "Hello\n\nStraße\n".encode()
ANSWER = b"HELLO\n\nSTRASSE\n"


# [cuts]
def answers(pieces: list[bytes]) -> bytes:
    """All that is sent to a client whose request comes in these pieces."""
    protocol = LineProtocol()
    answer = b"".join(protocol.receive(piece) for piece in pieces)
    protocol.end()
    return answer


@pytest.mark.parametrize("cut", range(len(REQUEST) + 1))
def test_a_request_cut_anywhere(cut: int) -> None:
    """Wherever it is cut, the answer is the same."""
    assert answers([REQUEST[:cut], REQUEST[cut:]]) == ANSWER


def test_a_request_in_single_bytes() -> None:
    """The worst network of all."""
    assert answers([REQUEST[i : i + 1] for i in range(len(REQUEST))]) == ANSWER


# [/cuts]


# [limits]
def test_a_line_may_be_as_long_as_allowed() -> None:
    """The limit itself is allowed."""
    assert answers([b"x" * LONGEST, b"\n"]) == b"X" * LONGEST + b"\n"


@pytest.mark.parametrize("request_", [b"x" * (LONGEST + 1), b"x" * (LONGEST + 1) + b"\n"])
def test_a_line_may_not_be_longer(request_: bytes) -> None:
    """It is refused, whether its end has come or not."""
    with pytest.raises(ValueError, match="more than 1000 bytes"):
        answers([request_])


def test_half_a_line_is_no_line() -> None:
    """The stream ends too early."""
    with pytest.raises(EOFError):
        answers([b"one\nha", b"lf"])


# [/limits]
