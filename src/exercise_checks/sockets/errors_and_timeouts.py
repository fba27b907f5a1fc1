"""Checks of the exercises on the page `sockets/errors_and_timeouts`."""

from exercise_checks.attempt import Attempt, AttemptedFunction, NotAsExpected
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import exercise, program_exercise
from exercise_checks.played_client import TcpServer, expect_restart, tcp_server
from exercise_checks.sending import expect_whole_sending

PORT = 9999
LEAST_SECONDS = 0.8
MOST_SECONDS = 4.0
PAUSE_SECONDS = 0.1
SHORT_PAUSE = 0.05


@program_exercise
def check_deadline(attempt: Attempt) -> None:
    with tcp_server(attempt, PORT) as server:
        with server.connect() as client:
            for _ in range(3):
                _ask(client)
            client.end_stream()
            client.expect_end("recv returns b'' when the client has ended its stream")
        _expect_a_second(
            server,
            b"x",
            "a client sent a byte every 0.1 seconds",
            "each recv begins to count anew; what it may wait is what is left of the second",
        )
        _expect_a_second(
            server,
            b"",
            "a client said nothing",
            "the time is looked at when recv returns; give recv a timeout",
        )
        expect_restart(server, _ask)
    expect_whole_sending(attempt)


@exercise
def check_jitter(attempt: Attempt) -> None:
    pauses = attempt.function("pauses", "pauses(count, longest)")
    limits = [0.1, 0.2, 0.4, 0.8, 1.0, 1.0]
    seen = set()
    for _ in range(100):
        found = _chosen(attempt, pauses, len(limits), 1.0)
        if len(found) != len(limits):
            raise NotAsExpected(
                f"list(pauses(6, 1.0)) has {len(found)} elements; expected 6, one for each pause"
            )
        for number, (pause, limit) in enumerate(zip(found, limits, strict=True), start=1):
            if not limit / 2 <= pause <= limit:
                raise NotAsExpected(
                    f"pause number {number} of pauses(6, 1.0) was {pause!r}; expected one between"
                    f" {limit / 2} and {limit}"
                )
        seen.add(tuple(found))
    if len(seen) == 1:
        raise NotAsExpected(
            "pauses(6, 1.0) yields the same every time, and so all clients would come back at once;"
            " random.uniform chooses a number"
        )
    if _chosen(attempt, pauses, 0, 1.0):
        raise NotAsExpected("list(pauses(0, 1.0)) should be empty")
    if max(_chosen(attempt, pauses, 3, SHORT_PAUSE)) > SHORT_PAUSE:
        raise NotAsExpected("pauses(3, 0.05) yields a pause that is longer than 0.05")


def _chosen(attempt: Attempt, pauses: AttemptedFunction, count: int, longest: float) -> list[float]:
    """What the generator yields."""
    try:
        return list(pauses(count, longest))
    except NotAsExpected:
        raise
    except Exception as error:
        raise NotAsExpected(
            f"list(pauses({count}, {longest})) raised {type(error).__name__}:"
            f" {error}{attempt.where(error)}"
        ) from error


def _expect_a_second(server: TcpServer, data: bytes, what: str, hint: str) -> None:
    should = f"{what}, and {server.program.name} should have hung up after a second; it has"
    with server.connect() as client:
        seconds = client.keep_talking(data, PAUSE_SECONDS, MOST_SECONDS)
        if seconds is None:
            sentence = f"{should} not within {MOST_SECONDS:g} seconds"
            raise server.program.failure(sentence, hint, is_silent=True)
        if seconds < LEAST_SECONDS:
            raise server.program.failure(f"{should} after {seconds:.1f} seconds", is_gone=True)
    with server.connect(f"{what} and was sent away; ") as client:
        _ask(client)


def _ask(client: Conversation) -> None:
    client.send(b"my turn")
    client.expect(b"MY TURN")
