"""Runs one page from beginning to end in this process: its folder, its terminals, its results."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import platform
import shutil
import signal
import sys
import time
import types
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import SkipTest

import psutil

from tested_pages.evaluators import ExampleFailure
from tested_pages.fences import follows_directly
from tested_pages.page_messages import OUTPUT_FILE, Place, as_line
from tested_pages.page_task import PageTask, read_page
from tested_pages.pages import parse_page
from tested_pages.python2 import Python2Session, find_python2
from tested_pages.results import ExampleResult, PageResult
from tested_pages.session_output import CapturedOutput, traceback_text
from tested_pages.socket_calls import (
    read_socket_calls,
    recording_environment,
    settled_socket_calls,
    with_closes_at_exit,
)
from tested_pages.terminals import PageTerminals
from tested_pages.transcript import read_transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sybil import Example

    from tested_pages.fences import Fence
    from tested_pages.page_messages import Message
    from tested_pages.results import Network, Outcome

PR_SET_CHILD_SUBREAPER = 36
# How long what the page has started has to end by itself, once the page is at its end.
LEAVING_SECONDS = 5.0
# Processes that Python starts for itself and that end with the program that needed them.
PYTHONS_HELPERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
# How long a running program that does not wait for another one must have made no call before
# the picture of what it did is taken.
CLOSING_SECONDS = 0.5
POLL_SECONDS = 0.005


class PageRun:
    """A page while it runs; evaluators use it.

    Attributes:
        artifact: What the running example leaves for the page to show.
        broken_terminal_line: Where a terminal went wrong; 0 if none did.
        page_name: How tracebacks name the page.
    """

    def __init__(self, task: PageTask, temporary: Path, output: CapturedOutput) -> None:
        self.page_name = task.path.name
        self._lines = read_page(task.path).split("\n")
        self.deadline_seconds = task.deadline_seconds
        self.output = output
        self.artifact: Any = None
        self.broken_terminal_line = 0
        # Apart from all others, since a page may have any name.
        self.folder = temporary / "page" / task.path.stem
        self._record_file = temporary / "socket_calls"
        self._home = temporary / "home"
        self._home.mkdir()
        self._builders_environment = dict(os.environ)
        self._process_id = os.getpid()
        self._records = False
        self._terminals = PageTerminals(
            self.folder, self._terminal_environment, task.deadline_seconds
        )
        self._last_terminal: Fence | None = None
        self._group_began = 0
        self._python2: Python2Session | None = None

    def record_socket_calls(self) -> None:
        """From now on, programs in terminals record their socket calls."""
        self._records = True

    def play(self, fence: Fence) -> list[tuple[str, str]]:
        """Plays a terminal's fence; returns what the page is to show of it."""
        name = fence.argument
        if not self._follows_terminal(fence):
            self._group_began = time.perf_counter_ns()
        self._last_terminal = fence
        steps = read_transcript(fence.body, fence.body_line)
        return [(kind, text) for kind, text in self._terminals.play(name, steps)]

    def recorded_calls(self) -> list[dict[str, Any]]:
        """The socket calls of the last group of neighbouring terminals, in order of time."""
        self._wait_until_settled()
        calls = settled_socket_calls(self._record_file)
        calls = with_closes_at_exit(calls, self._terminals.ended_at)
        return [
            call.as_json()
            for call in calls
            if call.ended is None or call.ended >= self._group_began
        ]

    def _wait_until_settled(self) -> None:
        """Waits until each program has ended or waits for another one.

        A program that is doing neither, such as one that waits for what is typed, is given time
        to make its last calls.
        """
        quiet_since, calls_before = time.monotonic(), -1
        while time.monotonic() - quiet_since < CLOSING_SECONDS:
            running = self._terminals.running_pids()
            calls = read_socket_calls(self._record_file)
            waiting = {call.pid for call in calls if call.ended is None}
            if running <= waiting:
                return
            if len(calls) != calls_before:
                quiet_since, calls_before = time.monotonic(), len(calls)
            time.sleep(POLL_SECONDS)

    def python2(self) -> Python2Session | None:
        """The page's Python 2.7; None where there is none."""
        if self._python2 is not None:
            return self._python2
        found = find_python2(self._builders_environment)
        if found:
            self._python2 = Python2Session(found[0], self.folder, self.environment())
        return self._python2

    def without_folder(self, text: str) -> str:
        """The text with paths below the page's folder shown from there."""
        for folder in (str(self.folder.resolve()), str(self.folder)):
            text = text.replace(f"{folder}{os.sep}", "")
        return text

    def finish(self) -> list[ExampleResult]:
        """Ends all that the page has started; what did not end by itself is a failure."""
        if self._python2:
            self._python2.close()
        failures = [
            ExampleResult("page", failure.line, failure.line, "failed", 0.0, failure.message)
            for failure in ([] if self.broken_terminal_line else self._terminals.finish())
        ]
        self._terminals.close()
        for command in self._end_children():
            message = f"the page left a process behind: {command}; end it on the page"
            if not failures and not self.broken_terminal_line:
                failures.append(ExampleResult("page", 1, 1, "failed", 0.0, message))
        return failures

    def _end_children(self) -> list[str]:
        """Kills what did not end by itself; returns the commands of what should have ended."""
        commands = {}
        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                commands[process] = " ".join(process.cmdline())
        for process, command in commands.items():
            if any(helper in command for helper in PYTHONS_HELPERS):
                with contextlib.suppress(psutil.Error):
                    process.kill()
        _, left = psutil.wait_procs(commands, LEAVING_SECONDS)
        for process in left:
            with contextlib.suppress(psutil.Error):
                process.kill()
        return [commands[process] for process in left]

    def end_forked_copy(self) -> None:
        """Ends this process if an example has forked it, lest the page goes on twice."""
        if os.getpid() != self._process_id:
            os._exit(0)

    def _follows_terminal(self, fence: Fence) -> bool:
        """Whether nothing but empty lines stands between this terminal and the one before."""
        earlier = self._last_terminal
        return earlier is not None and follows_directly(fence, earlier, self._lines)

    def environment(self) -> dict[str, str]:
        """Environment variables that are the same on every machine."""
        path = [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
        return {
            "PATH": os.pathsep.join(path),
            "HOME": str(self._home),
            "TMPDIR": str(self._home),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "dumb",
            "NO_COLOR": "1",
            "PYTHON_BASIC_REPL": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            # Which plug-ins of pytest are installed differs, and all would be loaded.
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }

    def _terminal_environment(self, name: str) -> Mapping[str, str]:
        environment = self.environment()
        if self._records:
            environment |= recording_environment(self._record_file, name, environment)
        return environment


def run_page(
    task: PageTask, network: Network, temporary: Path, tell: Callable[[Message], None]
) -> PageResult:
    """Runs all examples of a page. It takes the whole process: it changes its folder, its output.

    Args:
        task: The page.
        network: Whether this process has a network of its own; for the report.
        temporary: An empty folder for all that the page writes; whoever made it removes it.
        tell: Called before each example with its place and after it with its result, so that
            others can say where a page hangs or crashes, and what it did until then.
    """
    started = time.perf_counter()
    adopt_orphans()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    run = PageRun(task, temporary.resolve(), CapturedOutput(temporary / OUTPUT_FILE))
    _copy_listings(task.code_folder, run.folder)
    os.chdir(run.folder)
    os.environ.clear()
    os.environ.update(run.environment())
    if hasattr(time, "tzset"):
        time.tzset()
    sys.path.insert(0, str(run.folder))
    sys.dont_write_bytecode = True
    results = _run_examples(task, run, tell)
    os.chdir(task.docs)
    return PageResult(
        docname=task.docname,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()}",
        network=network,
        seconds=time.perf_counter() - started,
        ran_at=datetime.now(UTC).isoformat(timespec="seconds"),
        examples=results,
    )


def _run_examples(
    task: PageTask, run: PageRun, tell: Callable[[Message], None]
) -> list[ExampleResult]:
    document = parse_page(task.path)
    document.run = run
    # Classes that a page defines belong to __main__, and are looked up there.
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    document.namespace = main.__dict__
    examples = list(document)
    if any(getattr(example.parsed, "kind", None) == "wire" for example in examples):
        run.record_socket_calls()
    results = []
    for example in examples:
        tell(Place(example.line, run.output.seen))
        result = _run_example(example, run)
        if result:
            tell(result)
            results.append(result)
            if task.stops_at_failure and result.outcome == "failed":
                # What still runs was not given its chance to end, so nobody is told of it.
                run.finish()
                return results
    last_line = document.text.count("\n") + 1
    tell(Place(last_line, run.output.seen))
    late = run.output.take()
    results += run.finish()
    if late:
        message = f"something was printed that the page does not show: {late!r}"
        results.append(ExampleResult("page", last_line, last_line, "failed", 0.0, message))
    return results


def _run_example(example: Example, run: PageRun) -> ExampleResult | None:
    parsed = example.parsed
    is_skip = isinstance(parsed, tuple)
    started = time.perf_counter()
    run.artifact = None
    outcome: Outcome = "passed"
    line, message = example.line, ""
    try:
        example.evaluate()
    except ExampleFailure as failure:
        outcome, line, message = "failed", failure.line, failure.message
    except SkipTest as reason:
        outcome, message = "not run", str(reason)
    except Exception as error:
        # A mistake in the page's own markup, such as a skip that cannot be read.
        outcome, message = "failed", f"this cannot be run:\n{traceback_text(error)}"
    if is_skip and outcome == "passed":
        return None
    return ExampleResult(
        kind="page" if is_skip else parsed.kind,
        fence_line=line if is_skip else parsed.fence.line,
        line=line,
        outcome=outcome,
        seconds=time.perf_counter() - started,
        message=message,
        artifact=run.artifact,
    )


def _copy_listings(code_folder: Path, folder: Path) -> None:
    """A page works on a copy, so that what its programs write is gone with it."""
    if code_folder.is_dir():
        shutil.copytree(code_folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        folder.mkdir(parents=True)


def adopt_orphans() -> None:
    """Makes processes whose parents have ended this process's children, where Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def main(task: str, folder: str, messages_file: str) -> None:
    """Runs a page where processes cannot be forked, and tells it in a file."""
    with Path(messages_file).open("ab", buffering=0) as messages:

        def tell(message: Message) -> None:
            messages.write(as_line(message))

        tell(run_page(PageTask.from_json(json.loads(task)), "shared", Path(folder), tell))


if __name__ == "__main__":
    main(*sys.argv[1:])
