"""What readers are told of their answers to the exercises on tools."""

import pytest
from answers import listing, replaced

HEX = listing("sockets/tools/hex_dump")
STATES = listing("sockets/tools/count_states").replace(
    "from connections import", "from tutorial_examples.sockets.tools.connections import"
)


def test_the_solutions_pass(check_answer):
    assert check_answer("sockets/tools", "hex", HEX).outcome == "solved"


def test_the_solution_that_needs_linux_passes(check_answer):
    assert check_answer("sockets/tools", "states", STATES).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{text}\\n", "{text}", "(each line ends with a newline)"),
        (":47}", "}", "(fill the bytes up to 47 characters)"),
        ("{start:08x}", "{start:08}", "(the position in base 16)"),
        ("{start:08x}", "{start // 16:08x}", "(the position counts bytes)"),
        ("32 <= byte < 127", "32 <= byte", "(a dot for all that is not ASCII)"),
        ("32 <= byte < 127", "32 <= byte < 128", "hex_dump(b'\\x7f ~\\x1f') returned"),
    ],
)
def test_wrong_dumps(expect_failure, old, new, message):
    expect_failure("sockets/tools", "hex", replaced(HEX, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("dict(Counter(", "(Counter(", "expected {}"),
        (
            "Counter(end.state for end in ends_at(port))",
            "Counter(end.state for end in ends_at(port) if end.local[1] == port)",
            "(three clients are connected, and both ends of each are on this machine)",
        ),
        (
            "Counter(end.state for end in ends_at(port))",
            "Counter(end.state for end in ends_at(port) if end.state in {'LISTEN', 'ESTABLISHED'})",
            "(an end that its program has closed still has a state)",
        ),
        ("end.state for", "end.unread for", "returned {0: 1}; expected {'LISTEN': 1}"),
    ],
)
def test_wrong_counts_of_states(expect_failure, old, new, message):
    expect_failure("sockets/tools", "states", replaced(STATES, (old, new)), message)
