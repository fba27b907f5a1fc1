"""The terminals of a page, line by line, and the programs that run in them."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile

from changed_text import is_ellipsis

from tested_pages.fences import Fence
from tested_pages.transcript import KEYS, Command, Key, Output, Step, read_transcript

TRACEBACK = "Traceback (most recent call last):"
LAST_STATUS = "$?"


@dataclass(frozen=True)
class ShownStep:
    """One line of a terminal.

    Attributes:
        step: What the transcript's reader takes it for.
        fence: Where it stands.
        typed: What is typed at the end of the line, or the name of the key that is pressed.
    """

    step: Step
    fence: Fence
    typed: str = ""

    @property
    def line(self):
        """Its line in the page."""
        return self.step.line

    @property
    def presses_key(self):
        """Whether ^C or ^D is pressed."""
        return isinstance(self.step, Key) or self.typed in KEYS

    @property
    def is_output(self):
        """Whether it is a line that a program prints, or a prompt with its answer."""
        return isinstance(self.step, Output)

    @property
    def begins_traceback(self):
        """Whether it is the first line of a traceback."""
        return self.is_output and self.step.text == TRACEBACK

    @property
    def is_elided(self):
        """Whether it stands for any number of lines."""
        return self.is_output and is_ellipsis(self.step.text)


@dataclass(frozen=True)
class Program:
    """A program from its command to its end.

    Attributes:
        command: What is typed to start it.
        steps: The lines of its terminal from the command on.
        asks_for_status: The lines with which the page then shows its exit status; maybe none.
    """

    command: str
    steps: list[ShownStep]
    asks_for_status: list[ShownStep]

    @property
    def first_line(self):
        """The page's line that starts it."""
        return self.steps[0].line

    @property
    def last_line(self):
        """The page's line where it has ended."""
        return self.steps[-1].line

    @property
    def is_interrupted(self):
        """Whether ^C is pressed in it."""
        return any(
            shown.typed == "^C" or (isinstance(shown.step, Key) and shown.step.name == "^C")
            for shown in self.steps
        )

    @property
    def raises(self):
        """Whether the page shows a traceback of it."""
        return any(shown.begins_traceback for shown in self.steps)

    @property
    def is_shown_to_start(self):
        """Whether the fence that starts it shows a line of it too."""
        return (
            len(self.steps) > 1
            and self.steps[1].fence == self.steps[0].fence
            and not self.starts_elided
        )

    @property
    def starts_elided(self):
        """Whether any number of lines may be printed first."""
        return len(self.steps) > 1 and self.steps[1].is_elided

    @property
    def shows_output(self):
        """Whether the page shows a line of it that is no prompt, no dots and of no traceback."""
        ordinary = takewhile(lambda shown: not shown.begins_traceback, self.steps)
        return any(
            shown.is_output and not shown.is_elided and not shown.typed for shown in ordinary
        )


def terminal_streams(found, result=None):
    """What happens in each terminal of a page, by its name.

    Args:
        found: The page's fences.
        result: Its run, which tells what is typed; without it nothing is taken for typed.
    """
    streams = defaultdict(list)
    for fence in found:
        if fence.directive != "terminal":
            continue
        steps = read_transcript(fence.body, fence.body_line)
        typed = _typed_parts(result.artifact_at(fence.line)) if result else [""] * len(steps)
        for step, part in zip(steps, typed or [""] * len(steps), strict=True):
            streams[fence.argument].append(ShownStep(step, fence, part))
    return dict(streams)


def programs(streams):
    """All programs of a page's terminals, in the order in which they start."""
    found = []
    for steps in streams.values():
        starts = [index for index, shown in enumerate(steps) if isinstance(shown.step, Command)]
        runs = [steps[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
        for run, following in zip(runs, [*runs[1:], []], strict=True):
            asks = following if following and LAST_STATUS in following[0].step.text else []
            found.append(Program(run[0].step.text, run, asks))
    return sorted(found, key=lambda program: program.first_line)


def _typed_parts(segments):
    """For each line of a terminal as it was shown, what was typed at its end."""
    parts, typed = [], ""
    for kind, text in segments or []:
        if kind in {"typed", "key"}:
            typed = text
        elif kind == "output":
            for _ in range(text.count("\n")):
                parts.append(typed)
                typed = ""
    return parts
