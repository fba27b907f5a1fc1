"""What readers are told of their answers to the exercise on several attempts at once."""

import pytest
from answers import listing, replaced

FIRST = listing("sockets/selectors/first_to_answer")
ONE_BY_ONE = """
import socket

def connect_to_first(addresses, patience):
    for address in addresses:
        try:
            sock = socket.create_connection(address, timeout=patience)
            sock.setblocking(True)
            return sock
        except OSError as error:
            last = error
    raise last
"""


def test_the_solution_passes(check_answer):
    assert check_answer("sockets/selectors", "first", FIRST).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("return sock", "return None", "returned None; expected a socket"),
        (
            "error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)",
            "error = 0",
            (
                "returned a socket that is not connected: getpeername() says ... (a socket is ready"
                " to be written when its attempt has failed, too: ask for SO_ERROR)"
            ),
        ),
        (
            "sock.setblocking(True)",
            "pass",
            "returned a socket with the timeout 0.0; expected None, as of a new socket",
        ),
        ("raise OSError(error, os.strerror(error))", "", "returned None; expected it to raise"),
        ("raise TimeoutError(", "raise KeyError(", "expected TimeoutError"),
    ],
)
def test_wrong_attempts(expect_failure, old, new, message):
    expect_failure("sockets/selectors", "first", replaced(FIRST, (old, new)), message)


def test_one_after_the_other_is_too_late(expect_failure):
    message = "seconds (call all of them before you wait for one)"
    expect_failure("sockets/selectors", "first", ONE_BY_ONE, message)
