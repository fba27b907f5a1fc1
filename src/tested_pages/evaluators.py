"""How each kind of example is run and compared with its page; what Sybil calls evaluators."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from unittest import SkipTest

from tested_pages.output_pattern import OutputPattern
from tested_pages.python2 import Python2Error
from tested_pages.quoting import with_printed
from tested_pages.references import MAX_DEPTH, ReferencesError, snapshot
from tested_pages.session_output import (
    INTERACTIVE_FILENAME,
    DeadlineExceeded,
    deadline,
    run_piece,
    traceback_text,
)
from tested_pages.terminals import TranscriptFailure

if TYPE_CHECKING:
    from collections.abc import Callable

    from sybil import Example

    from tested_pages.page_run import PageRun
    from tested_pages.pages import PageExample
    from tested_pages.results import Kind

NO_TERMINALS = "Windows has no pseudo-terminals"
BLANK_LINE = "<BLANKLINE>"
HIDDEN_ERROR = "the ... hides the error; show the last line of the traceback below it"


class ExampleFailure(Exception):
    """An example did not come out as the page shows it.

    Attributes:
        line: The page's line (1-based) to look at.
        message: What was expected, what came, what to do.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


def complaint(problem: str) -> Callable[[Example], None]:
    """An evaluator for what cannot be run as it is written; it always fails."""

    def evaluate(example: Example) -> None:
        raise ExampleFailure(example.parsed.line, problem)

    return evaluate


def evaluate_session(example: Example) -> None:
    """Runs one prompt of an interactive session and compares what it prints."""
    page_example, run = _parts(example)
    printed = _run_python(example, "single", INTERACTIVE_FILENAME)
    _compare(page_example, printed, run)


def evaluate_code(example: Example) -> None:
    """Runs a block of plain code, which must print nothing, since the page shows no output."""
    page_example, run = _parts(example)
    padding = "\n" * (page_example.line - 1)
    printed = _run_python(example, "exec", run.page_name, padding)
    if printed:
        raise ExampleFailure(
            page_example.line,
            with_printed(
                "this code prints what the page does not show;"
                " write it as a session with >>> or as a program in a terminal",
                printed,
            ),
        )


def evaluate_python2(example: Example) -> None:
    """Runs a piece of Python 2, where this machine has one."""
    page_example, run = _parts(example)
    python2 = run.python2()
    if python2 is None:
        raise SkipTest("no python2.7 on this machine")
    is_session = page_example.fence.body.startswith(">>>")
    try:
        printed = python2.run(
            page_example.source,
            "single" if is_session else "exec",
            INTERACTIVE_FILENAME,
            run.deadline_seconds,
        )
    except Python2Error as error:
        raise ExampleFailure(page_example.line, f"Python 2.7: {error}") from error
    _compare(page_example, printed, run)


def evaluate_terminal(example: Example) -> None:
    """Plays a transcript in the page's terminal of that name."""
    page_example, run = _parts(example)
    fence = page_example.fence
    if sys.platform == "win32":
        raise SkipTest(NO_TERMINALS)
    if run.broken_terminal_line:
        raise SkipTest(f"a terminal went wrong at line {run.broken_terminal_line}")
    try:
        run.artifact = run.play(fence)
    except TranscriptFailure as failure:
        run.broken_terminal_line = failure.line
        raise ExampleFailure(failure.line, failure.message) from failure


def evaluate_wire(example: Example) -> None:
    """Collects what the terminals before it have sent and received."""
    page_example, run = _parts(example)
    if sys.platform == "win32":
        raise SkipTest(NO_TERMINALS)
    if run.broken_terminal_line:
        raise SkipTest(f"a terminal went wrong at line {run.broken_terminal_line}")
    calls = run.recorded_calls()
    if not calls:
        raise ExampleFailure(
            page_example.line,
            "no socket call was recorded; {wire} follows the terminals that it draws",
        )
    run.artifact = calls


def evaluate_references(example: Example) -> None:
    """Takes a picture of names and objects at this point of the page."""
    page_example, run = _parts(example)
    fence = page_example.fence
    depth = fence.options.get("depth", str(MAX_DEPTH))
    if not depth.isdecimal() or not int(depth):
        raise ExampleFailure(
            page_example.line, f":depth: is a whole number from 1 on, not {depth!r}"
        )
    try:
        run.artifact = snapshot(example.namespace, fence.argument.split(), int(depth))
    except ReferencesError as error:
        raise ExampleFailure(page_example.line, str(error)) from error


PYTHON: dict[Kind, Callable[[Example], None]] = {
    "session": evaluate_session,
    "code": evaluate_code,
    "python2": evaluate_python2,
}
DIRECTIVES: dict[str, tuple[Kind, Callable[[Example], None]]] = {
    "terminal": ("terminal", evaluate_terminal),
    "wire": ("wire", evaluate_wire),
    "references": ("references", evaluate_references),
}


def _parts(example: Example) -> tuple[PageExample, PageRun]:
    return example.parsed, example.document.run  # type: ignore[attr-defined]


def _run_python(example: Example, mode: str, filename: str, padding: str = "") -> str:
    page_example, run = _parts(example)
    if sys.version_info < page_example.since:
        raise SkipTest("needs Python {}.{}".format(*page_example.since))
    try:
        with deadline(run.deadline_seconds):
            error = run_piece(
                padding + page_example.source,
                "single" if mode == "single" else "exec",
                filename,
                example.namespace,
            )
        run.end_forked_copy()
    except DeadlineExceeded as failure:
        raise ExampleFailure(
            page_example.line,
            with_printed(f"no end within {run.deadline_seconds:g} seconds", run.output.take()),
        ) from failure
    printed = run.output.take()
    return printed + traceback_text(error) if error else printed


def _compare(page_example: PageExample, printed: str, run: PageRun) -> None:
    want, want_line = page_example.want, page_example.want_line
    for older in page_example.older:
        if sys.version_info < older.before:
            want, want_line = older.want, older.want_line
            break
    shown = want.removesuffix("\n").split("\n") if want else []
    lines = ["" if line == BLANK_LINE else line for line in shown]
    printed = run.without_folder(printed)
    if printed and not printed.endswith("\n"):
        printed += "\n"
    pattern = OutputPattern(lines)
    if pattern.matches_whole(printed):
        if pattern.hides_error(printed):
            raise ExampleFailure(want_line + len(lines) - 1, with_printed(HIDDEN_ERROR, printed))
        return
    first = pattern.first_difference(printed)
    line = page_example.line
    if first < len(lines):
        reason = f"the page shows something else than was printed: {lines[first]!r}"
        line = want_line + first
    elif lines:
        reason = "more was printed than the page shows"
        line = want_line + len(lines) - 1
    else:
        reason = "the page does not show what was printed"
    raise ExampleFailure(line, with_printed(reason, printed))
