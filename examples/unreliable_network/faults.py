"""What may happen to datagrams and to streams, without any socket.

Import it: `from faults import DatagramFaults, DatagramLine, StreamFaults, StreamLine`.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

LONGEST_SHOWN = 20

Report = Callable[[str], None]


def shown(data: bytes) -> str:
    """The bytes as a report shows them: the first 20, and how many there are."""
    if len(data) <= LONGEST_SHOWN:
        return repr(data)
    return f"{data[:LONGEST_SHOWN]!r} and so on, {len(data)} bytes"


def later(delay: float) -> str:
    """What a report says of a delay in seconds."""
    return f" after {delay:g} s" if delay else ""


@dataclass(frozen=True)
class DatagramFaults:
    """What happens to datagrams.

    Attributes:
        loss: Probability that a datagram is dropped.
        duplication: Probability that it arrives twice.
        reordering: Probability that it is held back until the next one has overtaken it.
        delay: Seconds that each takes on its way.
        seed: Two runs with one seed do the same to the same datagrams.
    """

    loss: float = 0.0
    duplication: float = 0.0
    reordering: float = 0.0
    delay: float = 0.0
    seed: int = 0


class DatagramLine:
    """One direction between one client and the server."""

    def __init__(self, faults: DatagramFaults, name: str, report: Report) -> None:
        self._faults = faults
        self._name = name
        self._report = report
        # Each direction has its own numbers: what it does must not depend on the other's pace.
        self._random = random.Random(f"{faults.seed} {name}")  # noqa: S311
        self._held: list[bytes] = []

    @property
    def holds(self) -> bool:
        """Whether a datagram waits to be overtaken."""
        return bool(self._held)

    def take(self, datagram: bytes) -> list[bytes]:
        """Decide on a datagram that came in; returns those that go on now, in order."""
        # Always three numbers: more loss must not change what is reordered.
        lost, reordered, doubled = (self._random.random() for _ in range(3))
        if lost < self._faults.loss:
            self._say("lost", datagram)
            return []
        if reordered < self._faults.reordering and not self._held:
            self._say("held back", datagram)
            self._held = [datagram]
            return []
        twice = doubled < self._faults.duplication
        self._say("forwarded twice" if twice else "forwarded", datagram, self._faults.delay)
        return [datagram] * (2 if twice else 1) + self.release()

    def release(self) -> list[bytes]:
        """What is held back, which goes on now."""
        released, self._held = self._held, []
        for datagram in released:
            self._say("forwarded late", datagram, self._faults.delay)
        return released

    def _say(self, what: str, datagram: bytes, delay: float = 0.0) -> None:
        self._report(f"{self._name}: {what}{later(delay)} {shown(datagram)}")


class Direction(Enum):
    """Which of a connection's two streams."""

    TO_SERVER = "to-server"
    TO_CLIENT = "to-client"


class End(Enum):
    """How a connection may be spoiled."""

    STALL = "stalls"
    RESET = "is reset"
    CLOSE = "is closed"


@dataclass(frozen=True)
class StreamFaults:
    """What happens to the streams of a connection.

    Attributes:
        one_byte_at_a_time: Whether each byte is sent by itself.
        gap: Seconds between two such bytes.
        coalescing: What comes within so many seconds of silence is joined and sent in one piece.
        delay: Seconds that each piece takes on its way.
        stall_after: So many bytes pass in a direction, and then nothing does.
        reset_after: So many bytes pass in a direction, and then the connection is reset.
        close_after: So many bytes pass in a direction, and then the connection is closed.
        affected: Probability that a connection has these faults; the others have none.
        direction: The stream that has them; None for both.
        seed: Decides which connections are affected, by their numbers.
    """

    one_byte_at_a_time: bool = False
    gap: float = 0.01
    coalescing: float = 0.0
    delay: float = 0.0
    stall_after: int | None = None
    reset_after: int | None = None
    close_after: int | None = None
    affected: float = 1.0
    direction: Direction | None = None
    seed: int = 0

    def of_connection(self, number: int, direction: Direction) -> "StreamFaults":
        """Those that one direction of a connection has; connections are counted from 1."""
        chance = random.Random(f"{self.seed} {number}").random()  # noqa: S311
        if chance >= self.affected or self.direction not in (None, direction):
            return StreamFaults()
        return self

    def first_end(self) -> tuple[int, End] | None:
        """How the connection is spoiled, and after how many bytes; None if it is not."""
        ends = [
            (after, end)
            for after, end in (
                (self.stall_after, End.STALL),
                (self.reset_after, End.RESET),
                (self.close_after, End.CLOSE),
            )
            if after is not None
        ]
        return min(ends, key=lambda pair: pair[0], default=None)


class StreamLine:
    """One direction of one connection.

    Attributes:
        faults: What happens to this direction.
        name: What reports call it.
        end: How the connection was spoiled here; None as long as it is not.
    """

    def __init__(self, faults: StreamFaults, name: str, report: Report) -> None:
        self.faults = faults
        self.name = name
        self.end: End | None = None
        self._report = report
        self._passed = 0
        self._planned_end = faults.first_end()
        self._spoil_if_due()

    def take(self, piece: bytes) -> Iterator[bytes]:
        """Decide on a piece that came in; yields the pieces that go on, in order."""
        if self.end is not None:
            return
        if self._planned_end is not None:
            piece = piece[: self._planned_end[0] - self._passed]
        if self.faults.one_byte_at_a_time and len(piece) > 1:
            self._say("forwarded byte by byte", piece)
            yield from (piece[i : i + 1] for i in range(len(piece)))
        elif piece:
            self._say("forwarded", piece)
            yield piece
        self._passed += len(piece)
        self._spoil_if_due()

    def _say(self, what: str, piece: bytes) -> None:
        self._report(f"{self.name}: {what}{later(self.faults.delay)} {shown(piece)}")

    def _spoil_if_due(self) -> None:
        if self._planned_end is not None and self._passed >= self._planned_end[0]:
            self.end = self._planned_end[1]
            self._report(f"{self.name}: the connection {self.end.value} after {self._passed} bytes")
