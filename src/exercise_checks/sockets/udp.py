"""Checks of the exercises on the page `sockets/udp`."""

from exercise_checks.attempt import Attempt
from exercise_checks.datagrams import played_udp_server, udp_server
from exercise_checks.exercises import program_exercise
from exercise_checks.ports import expect_free_udp
from exercise_checks.program import Program

PORT = 11111


@program_exercise
def check_move(attempt: Attempt) -> None:
    for host, port in (("localhost", 12345), ("127.0.0.1", 12346)):
        with udp_server(attempt, port, host, str(port)) as server:
            server.program.expect_line(
                f"Listening on 127.0.0.1 port {port}",
                f"started with {host} {port}",
                {f"Listening on localhost port {port}": "getsockname says which address it is"},
            )
            server.ask(b"found you", b"FOUND YOU")
            server.stop()


@program_exercise
def check_connected(attempt: Attempt) -> None:
    expect_free_udp(PORT)
    with Program(attempt, "client") as client:
        client.type("anybody there?")
        client.expect_line(
            "Nobody listens there",
            "when 'anybody there?' is typed and nobody has the port",
            {"No answer in half a second": "only a connected socket is told that nobody is there"},
        )
        with played_udp_server(PORT) as server:
            client.type("silence")
            server.expect(client, b"silence", "when 'silence' is typed")
            client.expect_line("No answer in half a second", "when its server did not answer")
            client.type("again")
            address = server.expect(client, b"again", "when 'again' is typed")
            server.answer(b"AGAIN", address)
            client.expect_line("AGAIN", "after the answer b'AGAIN'")
        client.type("still there?")
        client.expect_line("Nobody listens there", "when its server has ended")
        client.type("")
        client.expect_end("when an empty line is typed")


@program_exercise
def check_text(attempt: Attempt) -> None:
    with udp_server(attempt, PORT) as server:
        server.ask(
            "Straße".encode(),
            b"STRASSE",
            hints={"STRAßE".encode(): "upper of bytes knows only ASCII; decode them first"},
        )
        server.ask("déjà vu".encode(), "DÉJÀ VU".encode())
        for stranger in (b"\xff", "ß".encode()[:1]):
            server.send(stranger)
            server.ask(b"still there", b"STILL THERE", f"the datagram {stranger!r} came; ")
        server.stop()
