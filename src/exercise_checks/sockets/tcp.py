"""Checks of the exercises on the page `sockets/tcp`."""

from exercise_checks.attempt import Attempt
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import program_exercise
from exercise_checks.played_client import expect_restart, tcp_server
from exercise_checks.played_server import tcp_listener
from exercise_checks.program import Program
from exercise_checks.sending import expect_whole_sending

PORT = 9999
LETTERS = 2000
# More than the system keeps for a client that reads slowly.
MUCH = 600_000
ONE_RECV = "serve each client until recv returns b''"


@program_exercise
def check_server(attempt: Attempt) -> None:
    with tcp_server(attempt, PORT) as server:
        with server.connect() as client:
            for message in (b"Hello", b"How are you?"):
                client.send(message)
                client.expect(message.upper(), {message: "in upper case", b"": ONE_RECV})
            client.send_byte_by_byte(b"slowly")
            client.expect(b"SLOWLY")
            client.send(b"one", b"two")
            client.expect(b"ONETWO")
            client.send(b"abcdefgh" * MUCH)
            client.expect(b"ABCDEFGH" * MUCH)
            client.end_stream()
            client.expect_end("recv returns b'' when the client has ended its stream")
        server.expect_survival(_ask)
        expect_restart(server, _ask)
    expect_whole_sending(attempt)


@program_exercise
def check_whole(attempt: Attempt) -> None:
    with tcp_listener(PORT) as server:
        with Program(attempt, "client") as client, server.accept(client) as connection:
            answer = connection.receive(LETTERS).upper()
            connection.send(answer[:1024], answer[1024:-1], answer[-1:])
            client.expect_line(
                "Sent 2000 bytes, got 2000 back",
                "after an answer in pieces of 1024, 975 and 1 bytes",
                {
                    "Sent 2000 bytes, got 1024 back": "one recv brings one piece",
                    "Sent 2000 bytes, got 1999 back": "go on until all 2000 are there",
                },
            )
            client.expect_end("after this line")
        with Program(attempt, "client") as client, server.accept(client) as connection:
            connection.send(connection.receive(LETTERS).upper()[:1500])
            connection.close()
            when = "when the server's stream had ended after 1500 bytes of the answer"
            hint = "recv returns b'' at the end of the stream, again and again"
            client.expect_end(when, "failure", hint)
            client.expect_message("1500", when)
    expect_whole_sending(attempt)


def _ask(client: Conversation) -> None:
    client.send(b"still there")
    client.expect(b"STILL THERE")
