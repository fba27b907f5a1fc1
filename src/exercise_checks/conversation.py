"""One TCP connection with a reader's program, and what is expected to come over it."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import time
from typing import TYPE_CHECKING

from exercise_checks import program as programs
from exercise_checks.unread import wait_until_read
from exercise_checks.wording import listed, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from exercise_checks.attempt import NotAsExpected
    from exercise_checks.program import Program

# A program that takes no more for so long is busy, or waits for us to read.
STALL_SECONDS = 0.1
# How long the rest of a wrong answer may take, so that the message shows all of it.
REST_SECONDS = 0.1
NEWLINE = b"\n"


class Conversation:
    """Our end of a connection with a reader's program; `with` closes it.

    Args:
        program: The program at the other end.
        sock: Our end.
        before: What has happened before, as `a client reset its connection; `.
        partner: What messages call our side.
    """

    def __init__(
        self, program: Program, sock: socket.socket, before: str = "", partner: str = "a client"
    ) -> None:
        self._program = program
        self._sock = sock
        self._before = before
        self._partner = partner
        self._sent: list[str] = []
        self._answers = bytearray()
        self._unsent = bytearray()
        self._has_more_to_send = True
        self._received = bytearray()
        # How the program's stream has ended, if it has; ours may go on.
        self._end = ""
        self._is_broken = False
        if sock.family in {socket.AF_INET, socket.AF_INET6}:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setblocking(False)

    def __enter__(self) -> Conversation:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        origin: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, *pieces: bytes) -> None:
        """Sends pieces, each when the one before has been received.

        Of what the program does not take now, the rest is sent while we wait for its answer.

        Raises:
            NotAsExpected: The last answer went on after what was expected.
        """
        self._begin_request()
        self._sent.append(" and, a moment later, ".join(map(shown, pieces)))
        self._send_pieces(pieces)

    def send_byte_by_byte(self, data: bytes) -> None:
        """Sends bytes, each when the one before has been received.

        Raises:
            NotAsExpected: The last answer went on after what was expected.
        """
        self._begin_request()
        self._sent.append(f"{shown(data)}, one byte at a time,")
        self._send_pieces([bytes([byte]) for byte in data])

    def expect(self, answer: bytes, hints: dict[bytes, str] | None = None, when: str = "") -> None:
        """Expects the program to send this; what comes beyond it is left for the next time.

        Args:
            answer: What it must send.
            hints: For answers that are wrong in a typical way, what to think about.
            when: What has happened, if it is not that we have sent something.

        Raises:
            NotAsExpected: Other bytes come, fewer, or none.
        """
        self._program.attempt.tell(f"waiting for {shown(answer)} from {self._program.name}")
        self._receive(len(answer), lambda: answer.startswith(self._received[: len(answer)]))
        if self._received.startswith(answer):
            self._take(len(answer))
            return
        came = bytes(self._received)
        is_silent = not self._end and answer.startswith(came)
        if not is_silent:
            self._receive_rest()
            came = bytes(self._received)
        hint = (hints or {}).get(came, "") if came or not is_silent else ""
        raise self._failure(shown(answer), came, hint, is_silent, when)

    def receive(self, count: int) -> bytes:
        """So many bytes that the program sends.

        Raises:
            NotAsExpected: The stream ends, or nothing more comes, before there are so many.
        """
        self._program.attempt.tell(f"waiting for {count} bytes from {self._program.name}")
        self._receive(count, lambda: True)
        came = bytes(self._received[:count])
        if len(came) < count:
            raise self._failure(f"{count} bytes", came, "", is_silent=not self._end)
        return self._take(count)

    def receive_line(self) -> bytes:
        r"""A line that the program sends, with its `\n`; nothing if the stream ends instead.

        Raises:
            NotAsExpected: Neither comes.
        """
        self._program.attempt.tell(f"waiting for a line from {self._program.name}")
        self._receive(None, lambda: NEWLINE not in self._received)
        if NEWLINE in self._received:
            return self._take(self._received.index(NEWLINE) + 1)
        if self._end:
            return b""
        raise self._failure("a line, or nothing more", bytes(self._received), "", is_silent=True)

    def receive_rest(self) -> bytes:
        """All that the program sends until its stream ends.

        Raises:
            NotAsExpected: It does not end.
        """
        self._program.attempt.tell(f"waiting for {self._program.name} to close the connection")
        self._receive(None, lambda: True)
        came = bytes(self._received)
        if not self._end:
            raise self._failure("something that ends", came, "", is_silent=True)
        return self._take(len(came))

    def failure(self, expected: str, came: bytes, hint: str = "") -> NotAsExpected:
        """What to raise when something that was received is not right after all.

        Args:
            expected: What it should be.
            came: What it is.
            hint: What to think about.
        """
        self._answers.clear()
        return self._failure(expected, came, hint, is_silent=False)

    def expect_line(self, expected: str, fits: Callable[[bytes], bool], hint: str = "") -> bytes:
        r"""Expects the program to send a line that fits, where more than one would do.

        Args:
            expected: What the line should be, for the message.
            fits: Whether a line, with its `\n`, is right.
            hint: What to think about if it does not fit.

        Returns:
            The line.

        Raises:
            NotAsExpected: It does not fit, or the stream ends or falls silent before its `\n`.
        """
        self._program.attempt.tell(f"waiting for {expected} from {self._program.name}")
        self._receive(None, lambda: NEWLINE not in self._received)
        line, newline, _ = bytes(self._received).partition(NEWLINE)
        line += newline
        if newline and fits(line):
            return self._take(len(line))
        raise self._failure(expected, line, hint, is_silent=not newline and not self._end)

    def keep_talking(self, data: bytes, pause: float, seconds: float) -> float | None:
        """Sends the same again and again and throws away what comes, until the program hangs up.

        Args:
            data: What to send; nothing of it if it is empty.
            pause: How many seconds to wait in between.
            seconds: When to give up.

        Returns:
            After how many seconds the program has hung up; None if it has not.
        """
        self._program.attempt.tell(f"talking to {self._program.name}")
        start = time.monotonic()
        while (now := time.monotonic() - start) < seconds:
            with contextlib.suppress(OSError):
                if data:
                    self._sock.send(data)
            until = start + now + pause
            while (left := until - time.monotonic()) > 0:
                if select.select([self._sock], [], [], left)[0]:
                    self._receive_some()
                    self._received.clear()
                    if self._end:
                        return time.monotonic() - start
        return None

    def expect_silence(self, seconds: float, why: str) -> None:
        """Expects the program to send nothing for a while.

        Args:
            seconds: How long.
            why: What should be awaited first, as `while two others are served`.

        Raises:
            NotAsExpected: Something comes, or the stream ends.
        """
        self._program.attempt.tell(f"looking whether {self._program.name} waits")
        deadline = time.monotonic() + seconds
        while not self._received and not self._end and (left := deadline - time.monotonic()) > 0:
            if select.select([self._sock], [], [], left)[0]:
                self._receive_some()
        if self._received or self._end:
            self._receive_rest()
            verb = self._verb()
            raise self._program.failure(
                f"{self._after()}, {self._program.name} should not have {verb} anything {why};"
                f" {self._what_came(bytes(self._received), verb)}",
                is_gone=bool(self._end),
            )

    def expect_end(self, hint: str = "") -> None:
        """Expects the program to end its stream, with or without a reset, and to send nothing more.

        Args:
            hint: What to think about if it does not.

        Raises:
            NotAsExpected: Something comes, or the stream does not end.
        """
        self._program.attempt.tell(f"waiting for {self._program.name} to close the connection")
        self._receive(None, lambda: not self._received)
        self._expect_nothing_more()
        if self._end and not self._received:
            return
        is_silent = not self._received
        self._receive_rest()
        raise self._program.failure(
            f"{self._after()}, {self._program.name} should have closed the connection;"
            f" it {f'sent {shown(bytes(self._received))}' if self._received else 'has not'}",
            hint,
            is_silent,
        )

    def end_stream(self) -> None:
        """Says that nothing more will come."""
        self._begin_request()
        self._sent.append("the end of the stream")
        self._has_more_to_send = False
        self._end_if_all_is_sent()

    def wait_until_received(self) -> None:
        """Waits until the program has taken what was sent, as far as that can be known."""
        wait_until_read(self._sock)

    def close(self) -> None:
        """Closes the connection."""
        self._sock.close()

    def reset(self) -> None:
        """Closes the connection the rude way."""
        with contextlib.suppress(OSError):
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()

    def _take(self, count: int) -> bytes:
        """Takes what was expected out of what was received."""
        taken = bytes(self._received[:count])
        del self._received[:count]
        self._answers += taken
        return taken

    def _begin_request(self) -> None:
        """Forgets what was sent before its answer."""
        self._expect_nothing_more()
        if self._answers:
            self._answers.clear()
            self._sent.clear()

    def _expect_nothing_more(self) -> None:
        if not self._received or not self._answers:
            return
        self._receive_rest()
        verb = self._verb()
        raise self._program.failure(
            f"{self._after()}, {self._program.name} should have {verb}"
            f" {shown(bytes(self._answers))} and nothing more;"
            f" it {verb} {shown(bytes(self._answers + self._received))}"
        )

    def _failure(
        self, expected: str, came: bytes, hint: str, is_silent: bool, when: str = ""
    ) -> NotAsExpected:
        verb = "sent" if when else self._verb()
        then = "then have" if self._answers and not when else "have"
        sentence = (
            f"{when or self._after()}, {self._program.name} should {then} {verb} {expected};"
            f" {self._what_came(came, verb)}"
        )
        is_gone = bool(self._end)
        if is_silent and not came and not hint and self._goes_on_after_end_of_stream():
            hint = "it went on when the stream had ended: a recv too many waits for more"
        # What it does since then does not tell where it has let us wait.
        is_silent = is_silent and not self._end and not self._received[len(came) :]
        return self._program.failure(sentence, hint, is_silent, is_gone)

    def _verb(self) -> str:
        return "answered" if self._sent and self._partner != "the server" else "sent"

    def _after(self) -> str:
        sent = listed(self._sent) if self._sent else f"the connection with {self._partner}"
        return f"{self._before}after {sent}".removesuffix(",")

    def _what_came(self, came: bytes, verb: str) -> str:
        if came:
            text = f"it {verb} {shown(came)}"
            return f"{text}, and {self._end}" if self._end else text
        if self._end:
            return f"it {self._end}"
        return f"it {verb} nothing within {programs.PATIENCE_SECONDS:g} seconds"

    def _send_pieces(self, pieces: Sequence[bytes]) -> None:
        for number, piece in enumerate(pieces):
            self._unsent += piece
            while self._unsent and not self._is_broken:
                if not select.select([], [self._sock], [], STALL_SECONDS)[1]:
                    break
                self._send_some()
            if number < len(pieces) - 1:
                wait_until_read(self._sock)

    def _send_some(self) -> None:
        try:
            del self._unsent[: self._sock.send(self._unsent)]
            self._end_if_all_is_sent()
        except BlockingIOError:
            pass
        except OSError:
            # What came before the end may still be read.
            self._unsent.clear()
            self._is_broken = True

    def _end_if_all_is_sent(self) -> None:
        if not self._unsent and not self._has_more_to_send:
            with contextlib.suppress(OSError):
                self._sock.shutdown(socket.SHUT_WR)

    def _receive(self, count: int | None, goes_on: Callable[[], bool]) -> None:
        """Receives while there is no reason to stop, and sends what is still to be sent."""
        deadline = time.monotonic() + programs.PATIENCE_SECONDS
        while goes_on() and (count is None or len(self._received) < count) and not self._end:
            left = deadline - time.monotonic()
            if left <= 0:
                return
            writing = [self._sock] if self._unsent else []
            readable, writable, _ = select.select([self._sock], writing, [], left)
            if writable:
                self._send_some()
            if readable:
                self._receive_some()
            if readable or writable:
                deadline = time.monotonic() + programs.PATIENCE_SECONDS

    def _receive_some(self) -> None:
        try:
            piece = self._sock.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            self._end = "reset the connection"
            self._is_broken = True
            return
        self._received += piece
        if not piece:
            self._end = "closed the connection"

    def _receive_rest(self) -> None:
        while not self._end and len(self._received) < 65536:
            if not select.select([self._sock], [], [], REST_SECONDS)[0]:
                return
            self._receive_some()

    def _goes_on_after_end_of_stream(self) -> bool:
        """Whether the program, which says nothing more, does when our stream has ended."""
        before = len(self._received)
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_WR)
        if select.select([self._sock], [], [], 4 * REST_SECONDS)[0]:
            self._receive_some()
        return len(self._received) > before or bool(self._end)
