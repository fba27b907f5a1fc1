"""Runs one server with its clients, and says in figures how it did."""

import math
from dataclasses import dataclass

from client_load import Load
from contestants import Contestant
from running_server import running


@dataclass(frozen=True)
class Figures:
    """How one server did with so many clients.

    Attributes:
        server: Its name.
        clients: Connections that were open at any time.
        slow: Slow clients beside them.
        rate: Answers per second.
        median: The middle one of all waits for an answer, in seconds; None if there was none.
        percentile99: The wait that 99 in 100 did not exceed, in seconds; None likewise.
        memory: Bytes of all its processes while as many clients stay; None if unknown.
        unanswered: Clients that had no answer at all.
        broken: Connections that failed, were reset, or ended too early.
    """

    server: str
    clients: int
    slow: int
    rate: float
    median: float | None
    percentile99: float | None
    memory: int | None
    unanswered: int
    broken: int


def percentile(sorted_values: list[float], percent: float) -> float | None:
    """The smallest value that so many percent of all do not exceed; None if there are none."""
    if not sorted_values:
        return None
    return sorted_values[max(math.ceil(len(sorted_values) * percent / 100) - 1, 0)]


def memory(contestant: Contestant, clients: int, settling: float) -> int | None:
    """Bytes that a server takes while clients stay that it has answered once, as far as it did.

    Args:
        contestant: The server; a new one is started.
        clients: How many connect.
        settling: When so many seconds bring no new answer, no more are expected.

    Raises:
        ServerError: The server did not start or did not last.
    """
    with (
        running(contestant.program) as server,
        Load(server.address, clients, stay=True) as load,
    ):
        unanswered = clients
        while unanswered == clients or load.unanswered < unanswered:
            server.check()
            unanswered = load.unanswered
            load.run(settling)
        return server.memory()


def measure(contestant: Contestant, clients: int, slow: int, seconds: float) -> Figures:
    """Start a server, let clients ask it, and end it.

    Args:
        contestant: The server.
        clients: How many connections are open at any time.
        slow: Slow clients beside them.
        seconds: How long they ask; a quarter more goes before, and is not counted.

    Raises:
        ServerError: The server did not start or did not last.
        OSError: A client could not even try to connect.
    """
    with (
        running(contestant.program) as server,
        Load(server.address, clients, slow) as load,
    ):
        load.run(seconds / 4)
        load.tally.waits.clear()
        took = load.run(seconds)
        server.check()
    waits = sorted(load.tally.waits)
    return Figures(
        contestant.name,
        clients,
        slow,
        len(waits) / took,
        percentile(waits, 50),
        percentile(waits, 99),
        memory(contestant, clients, seconds / 10),
        load.unanswered,
        load.tally.broken,
    )
