"""Checks of the exercises on the page `sockets/client_server`."""

import re

from exercise_checks.attempt import Attempt
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import program_exercise
from exercise_checks.played_client import close_at_once, expect_restart, reset_at_once, tcp_server

PORT = 9999
LEAVERS = {
    "a client closed its connection at once": close_at_once,
    "a client reset its connection at once": reset_at_once,
}


@program_exercise
def check_number(attempt: Attempt) -> None:
    with tcp_server(attempt, PORT) as server:
        for number in (1, 2, 3):
            with server.connect() as client:
                client.expect(
                    b"Your number is %d\n" % number,
                    {
                        b"Your number is %d" % number: "a line ends with a newline",
                        b"Your number is %d\n" % (number - 1): "the first client is number 1",
                        b"Your number is 1\n": "the count must outlive each client",
                    },
                )
                client.expect_end("close each client's socket when it has its number")
        server.expect_survival(_expect_some_number, LEAVERS)
        expect_restart(server, _expect_some_number)
    with tcp_server(attempt, PORT) as server, server.connect("it was started again; ") as client:
        client.expect(b"Your number is 1\n")


def _expect_some_number(client: Conversation) -> None:
    client.expect_line("a line such as b'Your number is 7\\n'", _is_number)


def _is_number(line: bytes) -> bool:
    return re.fullmatch(rb"Your number is \d+\n", line) is not None
