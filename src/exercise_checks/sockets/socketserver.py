"""Checks of the exercises on the page `sockets/socketserver`."""

from exercise_checks.attempt import Attempt
from exercise_checks.conversation import Conversation
from exercise_checks.datagrams import udp_server
from exercise_checks.exercises import program_exercise
from exercise_checks.played_client import tcp_server
from exercise_checks.ports import expect_freed
from exercise_checks.sending import expect_whole_sending

UDP_PORT = 11111
TCP_PORT = 9999


@program_exercise
def check_long(attempt: Attempt) -> None:
    with udp_server(attempt, UDP_PORT) as server:
        server.ask(b"Hello", b"HELLO")
        hint = "the library receives no more than the class allows; see max_packet_size"
        server.ask(b"x" * 10_000, b"X" * 10_000, hints={b"X" * 8192: hint})
        server.stop()


@program_exercise
def check_stop(attempt: Attempt) -> None:
    with tcp_server(attempt, TCP_PORT) as server:
        with server.connect() as client:
            _ask(client)
            client.send(b"do not stop\r\n")
            client.expect(b"DO NOT STOP\r\n")
            client.send(b"sto", b"ry\r\none")
            client.expect(b"STORY\r\n", {b"": "only the line `stop` ends anything"})
        server.expect_survival(_ask)
        with server.connect() as client:
            _ask(client)
            client.send(b"sto", b"p\r\n")
            client.expect_end(
                "shutdown waits for serve_forever, which waits for handle: call it in a thread"
            )
        server.program.expect_end("when a client has sent the line `stop`")
        expect_freed(TCP_PORT, server.program.name)
    with tcp_server(attempt, TCP_PORT) as server:
        with server.connect("it was started again; ") as client:
            _ask(client)
        server.stop(_ask)
    expect_whole_sending(attempt)


def _ask(client: Conversation) -> None:
    client.send(b"Hello\r\n")
    client.expect(b"HELLO\r\n", {b"HELLO": "end the answer with \\r\\n too"})
