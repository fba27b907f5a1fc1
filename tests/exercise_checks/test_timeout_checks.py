"""What readers are told of their answers to the exercises on errors and timeouts."""

import pytest
from answers import listing, replaced

PAGE = "sockets/errors_and_timeouts"
DEADLINE = listing("sockets/errors_and_timeouts/deadline_server")
PAUSES = listing("sockets/errors_and_timeouts/pauses")


def test_the_solutions_pass(check_answer):
    assert check_answer(PAGE, "deadline", DEADLINE).outcome == "solved"
    assert check_answer(PAGE, "jitter", PAUSES).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "while (left := deadline - time.monotonic()) > 0:\n        sock.settimeout(left)",
            "sock.settimeout(1)\n    while True:",
            (
                "a client sent a byte every 0.1 seconds, and your server should have hung up"
                " after a"
                " second; it has not within 4 seconds; your server was at answer.py:"
                " ... (each recv begins to count anew; what it may wait is what is left of the"
                " second)"
            ),
        ),
        (
            "        sock.settimeout(left)\n",
            "",
            (
                "a client said nothing, and your server should have hung up after a second; it"
                " has not"
                " within 4 seconds; your server was at answer.py: ... 'data = sock.recv(1024)'"
                " (the time is looked at when recv returns; give recv a timeout)"
            ),
        ),
        ("LIMIT = 1", "LIMIT = 0.3", "should have hung up after a second; it has after 0."),
        (
            "except (ConnectionError, TimeoutError)",
            "except ConnectionError",
            "TimeoutError: timed out at answer.py ... (catch it: one client that is slow must not",
        ),
    ],
)
def test_wrong_deadlines(expect_failure, old, new, message):
    expect_failure(PAGE, "deadline", replaced(DEADLINE, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("random.uniform(limit / 2, limit)", "limit", "yields the same every time, and so all"),
        (
            "min(2 * limit, longest)",
            "2 * limit",
            "pause number ... of pauses(6, 1.0) was ... expected one between 0.5 and 1.0",
        ),
        ("min(2 * limit, longest)", "limit", "pause number ... of pauses(6, 1.0) was 0.0"),
        ("range(count)", "range(count - 1)", "list(pauses(6, 1.0)) has 5 elements; expected 6"),
        ("min(0.1, longest)", "0.1", "pauses(3, 0.05) yields a pause that is longer than 0.05"),
        (
            "        yield",
            "        return",
            "list(pauses(6, 1.0)) raised TypeError: 'float' object is not iterable",
        ),
    ],
)
def test_wrong_pauses(expect_failure, old, new, message):
    expect_failure(PAGE, "jitter", replaced(PAUSES, (old, new)), message)
