"""Checks of the exercises on the page `sockets/streams`."""

from exercise_checks.attempt import Attempt
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import program_exercise
from exercise_checks.played_client import MISBEHAVIOURS, expect_restart, tcp_server
from exercise_checks.sending import expect_whole_sending
from exercise_checks.trouble import TOO_MUCH_MEMORY

PORT = 9999
LONG_TEXT = b"a line of 16 by\n" * 2_000_000
MEMORY = 12_000_000


@program_exercise
def check_count(attempt: Attempt) -> None:
    hints = {
        b"0 lines, 3 bytes": "this counts the first piece only; go on until recv returns b''",
        b"3 lines, 9 bytes": "count newlines; the last one ends a line and begins none",
    }
    with tcp_server(attempt, PORT) as server:
        with server.connect() as client:
            client.send(b"one", b"\ntwo\n", b"t")
            client.end_stream()
            client.expect(b"2 lines, 9 bytes", hints)
            client.expect_end()
        with server.connect() as client:
            client.end_stream()
            client.expect(b"0 lines, 0 bytes")
            client.expect_end()
        server.program.limit_memory(MEMORY)
        with server.connect("the server had 12 MB of memory left; ") as client:
            client.send(LONG_TEXT)
            client.end_stream()
            client.expect(b"2000000 lines, 32000000 bytes", {b"": TOO_MUCH_MEMORY})
        server.expect_survival(_ask, MISBEHAVIOURS)
        expect_restart(server, _ask)
    expect_whole_sending(attempt)


def _ask(client: Conversation) -> None:
    client.send(b"still\nthere\n")
    client.end_stream()
    client.expect(b"2 lines, 12 bytes")
