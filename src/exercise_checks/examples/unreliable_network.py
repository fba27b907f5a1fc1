"""Checks of the exercises on the page `examples/unreliable_network`."""

from exercise_checks.attempt import Attempt
from exercise_checks.datagrams import udp_client, udp_server
from exercise_checks.exercises import program_exercise

PORT = 11111


@program_exercise
def check_once(attempt: Attempt) -> None:
    with udp_server(attempt, PORT) as server, udp_client(PORT) as ann, udp_client(PORT) as bob:
        server.ask(b"1 5", b"1 5", sock=ann)
        added_twice = "it was added twice: remember the last request and what you answered"
        again = "the request b'1 5' came for the second time, and "
        server.ask(b"1 5", b"1 5", again, {b"1 10": added_twice}, sock=ann)
        not_added = "this is the number alone; the sum of the client's numbers is asked for"
        server.ask(b"2 7", b"2 12", hints={b"2 7": not_added}, sock=ann)
        server.ask(b"2 7", b"2 12", hints={b"2 19": added_twice}, sock=ann)
        of_all = "each client has a sum of its own; recvfrom tells who asks"
        another = "another client asks, and "
        hints = {b"1 17": of_all, b"2 12": of_all}
        server.ask(b"1 5", b"1 5", another, hints, sock=bob)
        # The same number under another id is another request.
        server.ask(b"2 5", b"2 10", hints={b"1 5": "this was the answer to b'1 5'"}, sock=bob)
        server.ask(b"3 100", b"3 112", sock=ann)
        server.stop()
        answered = server.program.all_printed().count("Answered")
        if answered != 7:
            raise server.program.failure(
                "your server should have printed a line with Answered for each of 7 requests;"
                f" it printed {answered}"
            )
