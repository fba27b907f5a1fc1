"""Checks of the exercises on the page `sockets/clients`."""

from typing import Any
from xmlrpc.client import Fault, ServerProxy

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import program_exercise
from exercise_checks.http_requests import request
from exercise_checks.played_client import tcp_server
from exercise_checks.played_server import tcp_listener
from exercise_checks.program import Program
from exercise_checks.sending import expect_whole_sending

RPC_PORT = 9999


@program_exercise
def check_talk(attempt: Attempt) -> None:
    with (
        tcp_listener(0) as server,
        Program(attempt, "client", ("127.0.0.1", str(server.port))) as client,
        server.accept(client) as connection,
    ):
        connection.send(b"+OK Who are you?\r\n")
        client.expect_line("+OK Who are you?", "when the server has sent this line")
        client.type("USER ann")
        connection.expect(
            b"USER ann\r\n",
            {b"USER ann\n": "the line ends with \\r\\n", b"USER ann": "the line needs its end"},
        )
        connection.send(b"one\r\ntw", b"o\r\n")
        client.expect_line("one", "when the server has sent two lines in two pieces")
        client.expect_line("two", "when the server has sent two lines in two pieces")
        client.type("Straße")
        connection.expect("Straße\r\n".encode())
        client.end_input()
        connection.expect_end("shutdown says that nothing more will come")
        connection.send(b"still talking\r\n")
        client.expect_line("still talking", "when the input has ended, and the server goes on")
        connection.close()
        client.expect_line(
            "The server has ended the conversation", "when the server has closed the connection"
        )
        client.expect_end("when both sides have ended")
    expect_whole_sending(attempt)


@program_exercise
def check_rpc(attempt: Attempt) -> None:
    with tcp_server(attempt, RPC_PORT) as server:
        with server.connect() as client:
            _ask(client)
        for text, answer in (("Hello", "HELLO"), ("Straße", "STRASSE")):
            found = _called("upper", text)
            if found != answer:
                raise server.program.failure(
                    f"the call upper({text!r}) should have returned {answer!r}; it gave {found!r}"
                )
        for name, argument in (("lower", "Hello"), ("upper", 7)):
            found = _called(name, argument)
            if not isinstance(found, Fault):
                raise server.program.failure(
                    f"the call {name}({argument!r}) should have been a Fault; it gave {found!r}"
                )
        server.expect_survival(_ask)
        server.stop(_ask)


def _called(name: str, argument: Any) -> Any:
    """What a call of a remote function returns, or the Fault that it raises."""
    with ServerProxy(f"http://127.0.0.1:{RPC_PORT}") as service:
        try:
            return getattr(service, name)(argument)
        except Fault as fault:
            return fault
        except Exception as error:
            raise NotAsExpected(
                f"the call {name}({argument!r}) failed: {type(error).__name__}: {error}"
            ) from error


def _ask(client: Conversation) -> None:
    """Asks for what no server of calls has; any answer will do."""
    client.send(request("GET", "/"))
    client.expect_line("a response", lambda line: line.startswith(b"HTTP/1."))
    client.receive_rest()
