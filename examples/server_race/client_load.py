"""The clients of the race: all in one thread, each asks as soon as it has its answer.

A client connects, asks REQUESTS times, closes, and comes again. The wait for the first answer
counts from the beginning of `connect`, so it includes the wait in the server's queue. A client that
stays asks once, and then keeps its connection.
"""

import errno
import os
import selectors
import socket
import time
from dataclasses import dataclass, field
from types import TracebackType

REQUEST = b"the quick brown fox jumps over it"
REQUESTS = 10
UNDER_WAY = {0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EAGAIN}
# How long a slow client lies back after each byte, in seconds.
PAUSE = 0.1
# How long the first slow client may wait until it is served, in seconds.
START_TIMEOUT = 30


@dataclass
class Tally:
    """What the clients saw.

    Attributes:
        waits: Seconds from each question to its answer.
        broken: Connections that failed, were reset, or ended too early.
    """

    waits: list[float] = field(default_factory=list)
    broken: int = 0


class Client:
    """One client.

    Args:
        address: Where the server listens.
        selector: Gets the client as data of its socket.
        tally: Where it notes what it sees.
        stays: Whether it stays when it has an answer.

    Attributes:
        has_answer: Whether it has had any answer.
    """

    def __init__(
        self,
        address: tuple[str, int],
        selector: selectors.BaseSelector,
        tally: Tally,
        *,
        stays: bool,
    ) -> None:
        self.has_answer = False
        self._stays = stays
        self._address = address
        self._selector = selector
        self._tally = tally
        self._sock: socket.socket | None = None
        self.connect()

    def connect(self) -> None:
        """Begin anew, with a connection that may take its time."""
        self._left = REQUESTS
        self._missing = 0
        self._asked = time.perf_counter()
        sock = socket.socket()
        sock.setblocking(False)
        number = sock.connect_ex(self._address)
        if number not in UNDER_WAY:
            sock.close()
            raise OSError(number, f"a client cannot connect: {os.strerror(number)}")
        self._sock = sock
        self._selector.register(sock, selectors.EVENT_WRITE, self)

    def go_on(self) -> None:
        """Do what can be done now: ask the first question, or take an answer."""
        assert self._sock
        try:
            if self._left == REQUESTS and not self._missing:
                self._sock.send(REQUEST)
                self._missing = len(REQUEST)
                self._selector.modify(self._sock, selectors.EVENT_READ, self)
                return
            data = self._sock.recv(1024)
            if not data:
                raise ConnectionError("the stream ended before the answer")
            self._missing -= len(data)
            if not self._missing:
                self._take_answer()
        except BlockingIOError:
            pass
        except OSError:
            self._tally.broken += 1
            self.close()
            self.connect()

    def _take_answer(self) -> None:
        assert self._sock
        now = time.perf_counter()
        self._tally.waits.append(now - self._asked)
        self.has_answer = True
        if self._stays:
            return
        self._left -= 1
        if not self._left:
            self.close()
            self.connect()
            return
        self._asked = now
        self._missing = len(REQUEST)
        self._sock.send(REQUEST)

    def close(self) -> None:
        """Leave."""
        if self._sock:
            self._selector.unregister(self._sock)
            self._sock.close()
            self._sock = None


class Load:
    """Clients of one server; a context manager, which closes all connections.

    Args:
        address: Where the server listens.
        clients: How many connections are open at any time.
        slow: Clients that were there before, and send one byte every PAUSE seconds.
        stay: Whether the clients stay when they have an answer.
    """

    def __init__(
        self, address: tuple[str, int], clients: int, slow: int = 0, *, stay: bool = False
    ) -> None:
        self.tally = Tally()
        self._selector = selectors.DefaultSelector()
        self._slow = [socket.create_connection(address, START_TIMEOUT) for _ in range(slow)]
        for sock in self._slow[:1]:
            sock.sendall(b"x")
            sock.recv(1)
        for sock in self._slow:
            sock.setblocking(False)
        self._clients = [
            Client(address, self._selector, self.tally, stays=stay) for _ in range(clients)
        ]

    def __enter__(self) -> "Load":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for client in self._clients:
            client.close()
        for sock in self._slow:
            sock.close()
        self._selector.close()

    @property
    def unanswered(self) -> int:
        """Clients that have had no answer at all."""
        return sum(not client.has_answer for client in self._clients)

    def run(self, seconds: float) -> float:
        """Let all clients ask for so many seconds; return how long it took in fact."""
        began = now = time.perf_counter()
        end = now + seconds
        next_byte = now
        while now < end:
            if self._slow and now >= next_byte:
                self._dribble()
                next_byte = now + PAUSE
            for key, _ in self._selector.select(min(end - now, PAUSE)):
                key.data.go_on()
            now = time.perf_counter()
        return now - began

    def _dribble(self) -> None:
        for sock in self._slow:
            try:
                sock.send(b"x")
                sock.recv(1024)
            except BlockingIOError:
                pass
