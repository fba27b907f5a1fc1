"""The terminals of a page: plays transcripts with real programs and compares what they print."""

from __future__ import annotations

import os
import re
import selectors
import shlex
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from tested_pages.endless_waiting import endless_waits
from tested_pages.output_pattern import ELLIPSIS, TRACEBACK, OutputPattern
from tested_pages.pseudo_terminal import PseudoTerminalProcess
from tested_pages.quoting import quoted
from tested_pages.transcript import ENTER, KEYS, LOOKS_LIKE_KEY, Command, Key, Output, Step, Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tested_pages.results import SegmentKind

# A program waits for its user if it did nothing at all for this long.
REST_SECONDS = 0.01
# A program that never rests gets its key nevertheless: an endless loop once it has had so much of
# the processor, however busy the machine is; one that wakes up all the time after so long.
LONGEST_UNREST_CPU_SECONDS = 1.0
LONGEST_UNREST_SECONDS = 10.0
# How long a program that already went wrong may go on printing what the report then shows.
LAST_WORDS_SECONDS = 0.5
# More than this, in characters, no page means to leave out with its `...`.
MOST_UNREAD = 4_000_000
# How long a page's programs have to end by themselves after its last example.
ENDING_SECONDS = 10.0
# How long all programs have to wait for one another, or for their user, until nobody waits for them
# any more. Some limits of the system's own, such as SO_RCVTIMEO, cannot be seen.
ENDLESS_WAIT_SECONDS = 3.0
ENDLESS_WAIT_POLL_SECONDS = 0.25
FIRST_POLL_SECONDS, LONGEST_POLL_SECONDS = 0.0005, 0.02
SHELL_SYNTAX = re.compile(r"[|&;<>()$`*?\[\]#~%!{}]|^\w+=")
LAST_STATUS = "$?"
EXPLAINS_STATUS = re.compile(
    r"^(Traceback \(most recent|(SyntaxError|IndentationError|TabError): )", re.MULTILINE
)
# What some systems, not Linux, echo for ^D.
ECHO_OF_CONTROL_D = "^D\b\b"


class TranscriptFailure(Exception):
    """A transcript did not come out as the page shows it.

    Attributes:
        line: The page's line (1-based) that shows something else than what happened.
        message: What was expected, what came, what to do.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


@dataclass
class Terminal:
    """One terminal: the program in it, and what it has printed that no transcript has shown yet.

    Attributes:
        prefixes: Beginnings of paths that pages do not show, longest first.
        late_echo: A key that was pressed and that the terminal has yet to show, or "".
    """

    name: str
    prefixes: tuple[str, ...] = ()
    process: PseudoTerminalProcess | None = None
    command: str = ""
    last_line: int = 0
    unread: str = ""
    shown: str = ""
    newline_may_follow: bool = False
    rest_is_elided: bool = False
    late_echo: str = ""
    status: int = 0
    status_is_explained: bool = False
    segments: list[tuple[SegmentKind, str]] = field(default_factory=list)

    def show(self, kind: SegmentKind, text: str) -> None:
        """Adds to the page's picture of this terminal."""
        self.shown += text
        if kind == "output" and self.segments and self.segments[-1][0] == "output":
            text = self.segments.pop()[1] + text
        self.segments.append((kind, text))

    def receive(self, text: str) -> None:
        """Takes what the program has printed."""
        if text and text != self.late_echo and self.newline_may_follow:
            # After ^C or ^D a program may begin a new line or not; the page always does.
            text = text.removeprefix(ECHO_OF_CONTROL_D).removeprefix("\n")
            self.newline_may_follow = False
        # A path may come in two pieces.
        before = max(0, len(self.unread) - max(map(len, self.prefixes), default=0))
        latest = self.unread[before:] + text
        for prefix in self.prefixes:
            latest = latest.replace(prefix, "")
        self.unread = self.unread[:before] + latest
        if self.late_echo and self.late_echo in self.unread:
            self.unread = self.unread.replace(self.late_echo, "", 1)
            self.late_echo = ""

    def may_stop_within_path(self) -> bool:
        """Whether what was printed so far ends like a path of which more has to come."""
        return any(
            self.unread.endswith(prefix[:length])
            for prefix in self.prefixes
            for length in range(1, len(prefix))
        )

    def has_ended(self) -> bool:
        """Whether the program has ended and all that it printed is here."""
        if self.process is None:
            return True
        if self.process.exit_status() is None:
            return False
        self.receive(self.process.read())
        if self.unread and not self.unread.endswith("\n"):
            # The next command's prompt would stand on a line of its own.
            self.unread += "\n"
        return True


class PageTerminals:
    """All terminals of a page.

    Args:
        folder: Where the programs start.
        environment: Gives the environment variables for the programs of a terminal, by its name.
        deadline_seconds: How long one fence may take.

    Attributes:
        ended_at: When programs were seen to be over, by process id, in nanoseconds of
            `time.perf_counter_ns()`.
    """

    def __init__(
        self,
        folder: Path,
        environment: Callable[[str], Mapping[str, str]],
        deadline_seconds: float,
    ) -> None:
        self._folder = folder
        # Programs show paths as they were given or resolved; pages show them from the folder on.
        paths = {f"{folder}{os.sep}", f"{folder.resolve()}{os.sep}"}
        self._prefixes = tuple(sorted(paths, key=len, reverse=True))
        self._environment = environment
        self._deadline_seconds = deadline_seconds
        self._deadline = 0.0
        self._waits_endlessly = False
        self._terminals: dict[str, Terminal] = {}
        self._selector = selectors.DefaultSelector()
        self.ended_at: dict[int, int] = {}

    def play(self, name: str, steps: list[Step]) -> list[tuple[SegmentKind, str]]:
        """Plays a fence in the terminal `name`, which goes on where it stood.

        Returns:
            What the page is to show, piece by piece.

        Raises:
            TranscriptFailure: The program did something else than the page shows.
        """
        self._deadline = time.monotonic() + self._deadline_seconds
        self._waits_endlessly = False
        terminal = self._terminals.setdefault(name, Terminal(name, self._prefixes))
        terminal.segments = []
        position = 0
        while position < len(steps):
            step = steps[position]
            done = 1
            match step:
                case Command():
                    self._start(terminal, step)
                case Key():
                    is_at_rest = self._wait_for_user(terminal, step.line)
                    self._press_key(terminal, step.name, step.line, is_at_rest=is_at_rest)
                case Typed():
                    self._wait_for_user(terminal, step.line)
                    self._type_line(terminal, step.text, step.line)
                case Output():
                    done = self._expect(terminal, _outputs_from(steps, position))
            position += done
            terminal.last_line = steps[position - 1].line
        return terminal.segments

    def running_pids(self) -> set[int]:
        """Process ids of the programs that run in terminals."""
        running = set()
        for terminal in self._terminals.values():
            if terminal.process is None:
                continue
            if terminal.has_ended():
                self.ended_at.setdefault(terminal.process.pid, time.perf_counter_ns())
            else:
                running.add(terminal.process.pid)
        return running

    def finish(self) -> list[TranscriptFailure]:
        """Waits until all programs have ended, and closes the terminals.

        Returns:
            What was wrong at the end, in page order: programs that did not end, that printed more
            than the page shows, or that failed and the page does not say so.
        """
        failures = []
        self._deadline = time.monotonic() + min(ENDING_SECONDS, self._deadline_seconds)
        for terminal in self._terminals.values():
            try:
                self._wait_for_end(terminal)
            except TranscriptFailure as failure:
                failures.append(failure)
        self.close()
        return sorted(failures, key=lambda failure: failure.line)

    def close(self) -> None:
        """Kills what still runs and frees the terminals."""
        for terminal in self._terminals.values():
            self._release(terminal)
        self._selector.close()

    def _start(self, terminal: Terminal, step: Command) -> None:
        if LAST_STATUS in step.text:
            terminal.status_is_explained = True
        self._wait_for_end(terminal)
        terminal.command = step.text
        terminal.shown = ""
        terminal.unread = ""
        terminal.newline_may_follow = terminal.rest_is_elided = False
        terminal.late_echo = ""
        terminal.status_is_explained = False
        terminal.show("prompt", "$ ")
        terminal.show("command", step.text)
        terminal.show("output", "\n")
        command = step.text.replace(LAST_STATUS, str(terminal.status))
        try:
            terminal.process = PseudoTerminalProcess(
                _argv(command), self._folder, self._environment(terminal.name)
            )
        except (OSError, ValueError) as error:
            raise TranscriptFailure(step.line, f"cannot start “{step.text}”: {error}") from error
        self._selector.register(terminal.process, selectors.EVENT_READ, terminal)

    def _press_key(self, terminal: Terminal, key: str, line: int, *, is_at_rest: bool) -> None:
        process = self._process_of(terminal, line)
        if key not in KEYS:
            raise TranscriptFailure(line, f"the keys that can be pressed are ^C and ^D, not {key}")
        echoes = key == "^C" and process.echoes
        process.press(KEYS[key])
        terminal.show("key", key)
        terminal.show("output", "\n")
        if key == "^C":
            terminal.status_is_explained = True
        if echoes and is_at_rest:
            # Linux interrupts the program first and shows the key then.
            self._expect_late_echo(terminal, key, line)
        elif echoes:
            self._expect_echo(terminal, key, line)
        terminal.newline_may_follow = not terminal.unread
        terminal.unread = terminal.unread.removeprefix("\n")

    def _type_line(self, terminal: Terminal, text: str, line: int) -> None:
        process = self._process_of(terminal, line)
        echoes, edits_lines = process.echoes, process.edits_lines
        process.press(text.encode() + b"\n")
        if text:
            terminal.show("typed", text)
        else:
            terminal.show("key", ENTER)
        terminal.show("output", "\n")
        if echoes or not edits_lines:
            # A program that does without the terminal's line editing echoes by itself.
            self._expect_echo(terminal, text + "\n", line)
        else:
            # What is typed stays hidden, as with a password, and so does the Enter after it.
            terminal.newline_may_follow = True

    def _wait_for_user(self, terminal: Terminal, line: int) -> bool:
        """Waits until the program waits, as a person would before pressing a key.

        Returns:
            Whether it waits; one that prints on and on, and need not be shown, does not.
        """
        self._process_of(terminal, line)
        is_patient = _patience(terminal.process)
        while not (is_at_rest := self._is_at_rest(terminal)) and terminal.rest_is_elided:
            if not is_patient():
                break
        if terminal.unread and not terminal.rest_is_elided:
            self._fail(terminal, line, "the program printed more than the page shows before this")
        if terminal.has_ended():
            self._fail(terminal, line, "the program had ended before this could be typed")
        return is_at_rest

    def _is_at_rest(self, terminal: Terminal) -> bool:
        """Waits until the program waits; whether it did so without printing more."""
        unread = terminal.unread
        is_patient = _patience(terminal.process)
        before = None
        while (
            terminal.process
            and not terminal.has_ended()
            and time.monotonic() < self._deadline
            and is_patient()
        ):
            now = terminal.process.progress()
            if now is not None and now == before:
                break
            before = now
            self._pump(REST_SECONDS)
            if terminal.unread != unread:
                return False
        self._pump(0)
        return terminal.unread == unread

    def _expect_late_echo(self, terminal: Terminal, echo: str, line: int) -> None:
        """Lets what a program at rest has to say about a key come before the key itself."""
        # What an ellipsis hides ended before.
        terminal.unread = ""
        terminal.rest_is_elided = False
        terminal.late_echo = echo
        self._wait(lambda: not terminal.late_echo or terminal.has_ended())
        if terminal.late_echo and not terminal.has_ended():
            self._fail(terminal, line, "the terminal did not show the key")

    def _expect_echo(self, terminal: Terminal, echo: str, line: int) -> None:
        def has_come() -> bool:
            return (
                echo in terminal.unread
                if terminal.rest_is_elided
                else bool(len(terminal.unread) >= len(echo))
            )

        self._wait(lambda: has_come() or terminal.has_ended())
        before, found, after = terminal.unread.partition(echo)
        if not found or (before and not terminal.rest_is_elided):
            self._fail(terminal, line, "the program did not wait for what is typed here")
        terminal.rest_is_elided = False
        terminal.unread = after

    def _expect(self, terminal: Terminal, expected: list[Output]) -> int:
        """Waits for expected lines; returns how many are done, all or up to an answered prompt."""
        self._process_of(terminal, expected[0].line)
        lines = [output.text for output in expected]
        elided_before = terminal.rest_is_elided
        elided_after = lines[-1].strip() == ELLIPSIS
        if elided_before:
            lines.insert(0, ELLIPSIS)
        pattern = OutputPattern(lines[:-1] if elided_after else lines)
        while True:
            end = pattern.end_of_match(terminal.unread)
            if end is not None:
                self._accept(terminal, pattern, end, elided_before)
                terminal.rest_is_elided = elided_after
                if elided_after:
                    terminal.show("output", lines[-1] + "\n")
                return len(expected)
            ended = terminal.has_ended()
            prompt = None if ended else _prompt_at_end(terminal.unread, pattern.lines)
            if prompt:
                if not self._is_at_rest(terminal):
                    continue
                count, shown_part = prompt
                answered = OutputPattern(pattern.lines[:count])
                self._accept(
                    terminal, answered, len(terminal.unread) - len(shown_part), elided_before
                )
                terminal.rest_is_elided = False
                terminal.unread = ""
                terminal.show("output", shown_part)
                count -= elided_before
                self._answer(terminal, expected[count], len(shown_part))
                return count + 1
            if ended and pattern.end_of_match(terminal.unread) is not None:
                continue
            late = time.monotonic() >= self._deadline
            if not (ended or late) and terminal.may_stop_within_path():
                self._wait_for_output(terminal)
                continue
            if ended or late or not pattern.may_become_match(terminal.unread):
                index = min(pattern.first_difference(terminal.unread), len(pattern.lines) - 1)
                line = expected[max(0, index - elided_before)].line
                if ended:
                    reason = "the program ended without printing what the page shows"
                elif late:
                    reason = "the program did not print what the page shows" + (
                        ", and never will: it waits, as does every other program of the page"
                        if self._waits_endlessly
                        else f" within {self._deadline_seconds:g} seconds"
                    )
                    stopped_after = terminal.unread.rpartition("\n")[2]
                    if stopped_after:
                        reason += f"; it waits after {stopped_after!r}"
                    if stopped_after and not stopped_after.endswith(" "):
                        reason += ", which is no prompt, since a prompt ends in a space"
                else:
                    reason = "the program printed something else than the page shows"
                self._fail(terminal, line, reason, pattern)
            self._wait_for_output(terminal)

    def _answer(self, terminal: Terminal, output: Output, prompt_length: int) -> None:
        answer = output.text[prompt_length:]
        if LOOKS_LIKE_KEY.fullmatch(answer):
            self._press_key(terminal, answer, output.line, is_at_rest=True)
        else:
            self._type_line(terminal, "" if answer == ENTER else answer, output.line)

    def _accept(
        self, terminal: Terminal, pattern: OutputPattern, end: int, elided_before: bool
    ) -> None:
        printed = pattern.as_printed(terminal.unread[:end])
        # The line of the ellipsis itself was shown where the page has it.
        terminal.show("output", printed.removeprefix(f"{ELLIPSIS}\n") if elided_before else printed)
        terminal.unread = terminal.unread[end:]

    def _wait_for_end(self, terminal: Terminal) -> None:
        process = terminal.process
        if process is None:
            return
        self._wait(
            lambda: terminal.has_ended() or bool(terminal.unread and not terminal.rest_is_elided)
        )
        if terminal.unread and not terminal.rest_is_elided:
            self._fail(terminal, terminal.last_line, "the program printed more than the page shows")
        status = process.exit_status()
        if status is None:
            self._fail(
                terminal,
                terminal.last_line,
                "the program does not end; end it on the page, for instance with a line ^C",
            )
        if terminal.rest_is_elided and TRACEBACK in terminal.shown + terminal.unread:
            self._fail(
                terminal,
                terminal.last_line,
                "the ... hides an error; show the last line of the traceback below it",
            )
        is_explained = terminal.status_is_explained or EXPLAINS_STATUS.search(terminal.shown)
        if status and not is_explained:
            self._fail(
                terminal,
                terminal.last_line,
                "the program failed without a word of it on the page;"
                " show its exit status with a line $ echo $?",
            )
        terminal.status = status
        self._release(terminal)

    def _fail(
        self,
        terminal: Terminal,
        line: int,
        reason: str,
        pattern: OutputPattern | None = None,
    ) -> NoReturn:
        self._wait(terminal.has_ended, until=time.monotonic() + LAST_WORDS_SECONDS)
        failure = self._failure(terminal, line, reason, pattern)
        self._release(terminal)
        raise failure

    def _failure(
        self, terminal: Terminal, line: int, reason: str, pattern: OutputPattern | None = None
    ) -> TranscriptFailure:
        status = terminal.process.exit_status() if terminal.process else terminal.status
        ending = "it still runs" if status is None else f"it ended with exit status {status}"
        parts = [f"terminal “{terminal.name}”: {reason} (${' '}{terminal.command}; {ending})"]
        if pattern:
            index = pattern.first_difference(terminal.unread)
            wanted = pattern.lines[index : index + 1]
            parts.append("the page shows: " + "".join(repr(text) for text in wanted))
        parts.append(quoted("it then printed:", terminal.unread))
        parts.append(quoted("after, as shown:", terminal.shown))
        return TranscriptFailure(line, "\n".join(part for part in parts if part))

    def _process_of(self, terminal: Terminal, line: int) -> PseudoTerminalProcess:
        if terminal.process is None:
            raise TranscriptFailure(
                line,
                f"nothing runs in terminal “{terminal.name}”;"
                " a transcript begins with a line $ command",
            )
        return terminal.process

    def _release(self, terminal: Terminal) -> None:
        if terminal.process is None:
            return
        if terminal.process in self._selector.get_map():
            self._selector.unregister(terminal.process)
        terminal.process.close()
        self.ended_at.setdefault(terminal.process.pid, time.perf_counter_ns())
        terminal.process = None

    def _pump(self, timeout: float) -> None:
        """Takes in what any program has printed; waits at most `timeout` seconds for it."""
        if not self._selector.get_map():
            time.sleep(timeout)
            return
        for key, _ in self._selector.select(timeout):
            terminal: Terminal = key.data
            if terminal.process is None:
                continue
            terminal.receive(terminal.process.read())
            if terminal.process.at_end:
                # It would be readable for ever.
                self._selector.unregister(terminal.process)
            if len(terminal.unread) > MOST_UNREAD:
                failure = self._failure(
                    terminal,
                    terminal.last_line,
                    f"the program printed more than {MOST_UNREAD} characters that the page does"
                    " not show",
                )
                self._release(terminal)
                raise failure

    def _wait(self, condition: Callable[[], bool], until: float | None = None) -> None:
        poll = FIRST_POLL_SECONDS
        wait_endlessly = _endless_waiting()
        while not condition():
            left = (self._deadline if until is None else until) - time.monotonic()
            if left <= 0:
                break
            self._pump(min(left, poll))
            poll = min(poll * 2, LONGEST_POLL_SECONDS)
            if until is None and wait_endlessly():
                # What was printed last may be on its way.
                self._pump(0)
                self._waits_endlessly = True
                self._deadline = time.monotonic()

    def _wait_for_output(self, terminal: Terminal) -> None:
        before = len(terminal.unread)
        self._wait(lambda: len(terminal.unread) != before or terminal.has_ended())
        # Long output is not compared anew for each small piece of it.
        enough = before + before // 8
        while before < len(terminal.unread) < enough and not terminal.has_ended():
            length = len(terminal.unread)
            self._pump(FIRST_POLL_SECONDS)
            if len(terminal.unread) == length:
                break


def _patience(process: PseudoTerminalProcess | None) -> Callable[[], bool]:
    """Tells, from now on, whether to go on waiting for a program to rest."""
    end = time.monotonic() + LONGEST_UNREST_SECONDS
    cpu_seconds = process.cpu_seconds() if process else 0.0

    def is_patient() -> bool:
        used = process.cpu_seconds() - cpu_seconds if process else 0.0
        return used < LONGEST_UNREST_CPU_SECONDS and time.monotonic() < end

    return is_patient


def _endless_waiting() -> Callable[[], bool]:
    """Tells, from now on, whether all programs wait for what can no longer come."""
    since = asked = time.monotonic()
    before: list[str] | None = None

    def is_endless() -> bool:
        nonlocal since, asked, before
        now = time.monotonic()
        if now - asked < ENDLESS_WAIT_POLL_SECONDS:
            return False
        asked = now
        waits = endless_waits(os.getpid())
        if waits is None or waits != before:
            since, before = now, waits
        return now - since >= ENDLESS_WAIT_SECONDS

    return is_endless


def _outputs_from(steps: list[Step], position: int) -> list[Output]:
    outputs = []
    for step in steps[position:]:
        if not isinstance(step, Output):
            break
        outputs.append(step)
    return outputs


def _prompt_at_end(unread: str, lines: list[str]) -> tuple[int, str] | None:
    """The number of lines before, and the text of, a prompt at which `unread` stops."""
    start = unread.rfind("\n") + 1
    tail = unread[start:]
    if not tail.endswith(" "):
        return None
    for count, line in enumerate(lines):
        # An ellipsis there stands for the rest of a line that the program ends by itself.
        is_prompt = line.startswith(tail) and line[len(tail) :] not in {"", ELLIPSIS}
        if is_prompt and OutputPattern(lines[:count]).matches_whole(unread[:start]):
            return count, tail
    return None


def _argv(command: str) -> list[str]:
    if SHELL_SYNTAX.search(command):
        return ["/bin/sh", "-c", command]
    argv = shlex.split(command)
    if not argv:
        raise ValueError("there is no command after the $")
    if argv[0] in {"cd", "export"}:
        raise ValueError("every program starts in the page's folder with the same environment")
    return [sys.executable, *argv[1:]] if argv[0] == "python" else argv
