"""A reader's program while it runs: started, typed to, listened to, and ended."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Literal, TypeAlias

from exercise_checks import system, trouble
from exercise_checks.attempt import NotAsExpected
from exercise_checks.wording import in_parentheses, shown_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from exercise_checks.attempt import Attempt

# Python has to start, and the machine may be busy with other things.
START_SECONDS = 10.0
# How long a program may take over anything else.
PATIENCE_SECONDS = 5.0
# A program that has closed its sockets because it fails has its traceback still to print.
FAREWELL_SECONDS = 2.0
PAUSE_SECONDS = 0.01

Role: TypeAlias = Literal["server", "client"]


class Program:
    """A reader's program while it runs; `with` ends it, and all that it has started.

    Args:
        attempt: The file.
        role: What messages call it.
        arguments: What follows the file's name on the command line.
        folder: Where it runs; without one, where the check does.

    Attributes:
        name: What messages call it, `your server` or `your client`.
        attempt: The file.
    """

    def __init__(
        self,
        attempt: Attempt,
        role: Role,
        arguments: tuple[str, ...] = (),
        folder: Path | None = None,
    ) -> None:
        self.name = f"your {role}"
        self.attempt = attempt
        self._role = role
        self._shown = 0
        self._started = time.monotonic()
        self._printed_first: float | None = None
        attempt.tell(f"starting {' '.join([attempt.path.name, *arguments])}")
        self._running = system.current().start(attempt.path, arguments, folder)

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        origin: TracebackType | None,
    ) -> None:
        self._running.end()
        self._running.close()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._running.status is None

    @property
    def printed(self) -> str:
        """All that it has printed so far."""
        return _text(self._running.printed)

    def all_printed(self) -> str:
        """All that it has printed, once it has ended."""
        self._running.wait_for_all_printed(FAREWELL_SECONDS)
        return self.printed

    def limit_memory(self, more: int) -> None:
        """Lets it have so many bytes of memory more than now, where the system can do that."""
        self._running.limit_memory(more)

    def type(self, line: str) -> None:
        """Types a line and presses Enter."""
        self.attempt.tell(f"typing {line!r}")
        self._running.type(f"{line}\n".encode())

    def end_input(self) -> None:
        """Presses Ctrl-D: nothing more will be typed."""
        self._running.end_input()

    def expect_line(self, line: str, when: str, hints: dict[str, str] | None = None) -> None:
        """Expects the next line that it prints to be this one; a prompt may stand before it.

        Args:
            line: The line.
            when: What has happened, as `when 'hello' is typed`.
            hints: For lines that are wrong in a typical way, what to think about.

        Raises:
            NotAsExpected: It prints another one, or none.
        """
        self._expect_printed(line, lambda found: _is_answer(line, found), when, hints or {})

    def expect_beginning(self, beginning: str, when: str) -> None:
        """Expects the next line that it prints to begin like this; a prompt may stand before it.

        Raises:
            NotAsExpected: It begins in another way, or there is none.
        """
        self._expect_printed(f"{beginning}...", lambda found: beginning in found, when, {})

    def _expect_printed(
        self, line: str, fits: Callable[[str], bool], when: str, hints: dict[str, str]
    ) -> None:
        self.attempt.tell(f"waiting for {self.name} to print {line!r}")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while "\n" not in self.printed[self._shown :]:
            if not self.is_running and self._running.wait_for_all_printed(FAREWELL_SECONDS):
                break
            if time.monotonic() > deadline:
                break
            time.sleep(PAUSE_SECONDS)
        found, newline, _ = self.printed[self._shown :].partition("\n")
        self._shown += len(found + newline)
        if newline and fits(found):
            return
        printed = shown_text(found) if found else "nothing"
        hint = next((hint for way, hint in hints.items() if _is_at_end(way, found)), "")
        if not hint and (f"b{line!r}" in found or f'b"{line}"' in found):
            hint = "these are bytes; decode them before you print them"
        raise self.failure(
            f"{when}, {self.name} should have printed {line!r}; it printed {printed}",
            hint,
            is_silent=not newline and self.is_running,
        )

    def expect_end(
        self, when: str, status: Literal["success", "failure"] = "success", hint: str = ""
    ) -> None:
        """Expects it to end by itself.

        Args:
            when: What has happened.
            status: Whether its exit status must be 0, or must be another one.
            hint: What to think about if it goes on.

        Raises:
            NotAsExpected: It goes on, or ends in the other way.
        """
        self.attempt.tell(f"waiting for {self.name} to end")
        if not self.wait_for_end(PATIENCE_SECONDS):
            sentence = f"{when}, {self.name} should have ended; it still runs"
            raise self.failure(sentence, hint, is_silent=True)
        if (self._running.status == 0) != (status == "success"):
            wanted = "with exit status 0" if status == "success" else "with another status than 0"
            raise self.failure(f"{when}, {self.name} should have ended {wanted}")

    def expect_message(self, part: str, when: str) -> None:
        """Expects what it has printed or complained of since the last line to contain a part.

        Raises:
            NotAsExpected: It does not.
        """
        self._running.wait_for_all_complained(FAREWELL_SECONDS)
        said = self.printed[self._shown :] + self._complaints
        if part not in said:
            last = (said.strip().splitlines() or [""])[-1]
            raise NotAsExpected(
                f"{when}, {self.name} should have said something with {part!r} in it;"
                f" it said {shown_text(last) if last else 'nothing'}"
            )

    def expect_no_traceback(self, when: str) -> None:
        """Expects it to have said in its own words what is wrong.

        Raises:
            NotAsExpected: It has left that to a traceback.
        """
        self._running.wait_for_all_complained(FAREWELL_SECONDS)
        found = trouble.find(self._complaints, self.attempt.path)
        if found is not None:
            raise NotAsExpected(
                f"{when}, {self.name} should have said what is wrong; it left that to a traceback:"
                f" {found}"
            )

    def press_ctrl_c(self) -> None:
        """Presses Ctrl-C and expects it to end without a traceback.

        Where Ctrl-C cannot be pressed, it is ended.

        Raises:
            NotAsExpected: It goes on, or complains.
        """
        if not self._running.takes_ctrl_c:
            self._running.end()
            return
        self.attempt.tell(f"stopping {self.name} with Ctrl-C")
        if not self.is_running:
            raise self.failure(f"{self.name} should have run until Ctrl-C")
        before = len(self._complaints)
        self._running.press_ctrl_c()
        if not self.wait_for_end(PATIENCE_SECONDS):
            raise self.failure(
                f"Ctrl-C should have ended {self.name}; it still runs",
                "an except that catches everything may have caught the KeyboardInterrupt",
            )
        self._running.wait_for_all_complained(FAREWELL_SECONDS)
        found = trouble.find(self._complaints[before:], self.attempt.path)
        if found is not None:
            hint = ""
            if found.error == "KeyboardInterrupt":
                hint = "write try: main(), and except KeyboardInterrupt: print('Stopped')"
            raise NotAsExpected(
                f"Ctrl-C should have ended {self.name} without a traceback;"
                f" it ended with {found}" + in_parentheses(hint)
            )
        status = self._running.status
        if status not in {0, 130, -signal.SIGINT}:
            raise NotAsExpected(
                f"after Ctrl-C {self.name} should have ended with exit status 0 or 130;"
                f" it ended with {status}"
            )

    @property
    def has_had_time(self) -> bool:
        """Whether it has had time enough to be ready; less of it once it has printed something."""
        now = time.monotonic()
        if self._printed_first is None and self.printed:
            self._printed_first = now
        if self._printed_first is not None:
            return now - self._printed_first > PATIENCE_SECONDS
        return now - self._started > START_SECONDS

    def wait_for_end(self, seconds: float) -> bool:
        """Waits for its end; returns whether it has come."""
        return self._running.wait(seconds)

    def failure(
        self, sentence: str, hint: str = "", is_silent: bool = False, is_gone: bool = False
    ) -> NotAsExpected:
        """What to raise when it has done something else than expected.

        Args:
            sentence: What was expected and what came.
            hint: What to think about, unless its traceback tells more.
            is_silent: Whether it has let us wait in vain, so that it is worth asking where it is.
            is_gone: Whether it has closed something, and so may be about to end.
        """
        if is_gone:
            self.wait_for_end(FAREWELL_SECONDS if self._complaints else FAREWELL_SECONDS / 4)
        if not self.is_running:
            self._running.wait_for_all_complained(FAREWELL_SECONDS)
        found = trouble.find(self._complaints, self.attempt.path)
        status = self._running.status
        if status is not None and (status != 0 or is_gone or is_silent):
            how = f"with {found}" if found else f"with exit status {status}"
            sentence += f"; {self.name} has ended {how}"
        elif found:
            sentence += f"; {self.name} complained of {found}"
        elif is_silent and (places := self._places()):
            sentence += f"; {self.name} was at {places}"
        if found:
            hint = trouble.hint(found, self._role) or hint
        return NotAsExpected(sentence + in_parentheses(hint))

    @property
    def _complaints(self) -> str:
        return _text(self._running.complained)

    def _places(self) -> str:
        """Where in the reader's file each thread is; empty where that cannot be found out."""
        before = len(self._complaints)
        self._running.tell_places(FAREWELL_SECONDS)
        return trouble.places(self._complaints[before:], self.attempt.path)


def _is_answer(line: str, printed: str) -> bool:
    """Whether this was printed, alone or after a prompt."""
    prompt = printed.removesuffix(line)
    return printed == prompt + line and prompt[-1:] in {"", " ", ":", ">"}


def _is_at_end(line: str, printed: str) -> bool:
    """Whether this was printed, perhaps after a prompt; an empty line is only an empty one."""
    return printed.endswith(line) if line else not printed


def _text(output: bytes) -> str:
    return output.decode(errors="replace").replace("\r\n", "\n")
