"""Checks a file in a process of its own, so that one that never ends does no harm.

As a program, `python -m exercise_checks.checking PAGE FILE [EXERCISE]`, it is that process: it
prints one JSON value a line, a text for each step and a list for each verdict.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from exercise_checks.exercises import Verdict, check_file, exercises_of

if TYPE_CHECKING:
    from collections.abc import Sequence

DEADLINE_SECONDS = 30.0
# What the process of the check has to end the programs that it has started.
FAREWELL_SECONDS = 5.0
# What is said where no check says anything, also by who runs the checks elsewhere.
NO_END = "no end within {seconds:g} seconds"
ENDED_PYTHON = "{file} ended Python itself: {how}"
DURING = "{trouble}, while {step}"


class Stopped(BaseException):
    """The check has met its deadline; what it started is to be ended."""


def check_in_own_process(
    page: str,
    path: Path,
    only: str | None = None,
    deadline_seconds: float = DEADLINE_SECONDS,
    command: Sequence[str] = (sys.executable, "-m", "exercise_checks.checking"),
) -> list[Verdict]:
    """Checks a reader's file as `check_file` does, under a deadline.

    Args:
        page: The page, such as `python/lists`.
        path: The reader's file.
        only: The name of one exercise; None for all that the file attempts.
        deadline_seconds: When to end a check that does not end.
        command: What starts the process; it calls `main` with the arguments that follow.

    Raises:
        LookupError: The page has no exercises, or none of that name.
        OSError: The file cannot be read.
    """
    names = [found.name for found in exercises_of(page)]
    if only is not None and only not in names:
        raise LookupError(f"{page} has no exercise {only}; it has {', '.join(names)}")
    path.read_bytes()
    packages = str(Path(__file__).parents[1])
    search_path = os.pathsep.join([packages, *filter(None, [os.environ.get("PYTHONPATH")])])
    arguments = [page, str(path.resolve()), *([only] if only else [])]
    process = subprocess.Popen(
        [*command, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": search_path, "PYTHONIOENCODING": "utf-8"},
    )
    try:
        output, errors = process.communicate(timeout=deadline_seconds)
        how = errors.strip() or process.returncode
        trouble = ENDED_PYTHON.format(file=path.name, how=how)
    except subprocess.TimeoutExpired:
        output, errors = _end(process)
        trouble = NO_END.format(seconds=deadline_seconds)
    verdicts, step = [], ""
    for line in output.splitlines():
        value = json.loads(line)
        if isinstance(value, str):
            step = value
        else:
            verdicts.append(Verdict(*value))
    if len(verdicts) == (1 if only else len(names)) or (verdicts and not process.returncode):
        return verdicts
    unfinished = only or names[min(len(verdicts), len(names) - 1)]
    message = DURING.format(trouble=trouble, step=step) if step else trouble
    return [*verdicts, Verdict(unfinished, "not as expected", message)]


def _end(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Ends the process of a check, which may have programs to end; returns what it has written."""
    process.terminate()
    try:
        return process.communicate(timeout=FAREWELL_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()


def main(page: str, file: str, only: str | None = None) -> None:
    """Checks a file and prints the verdicts as JSON."""
    signal.signal(signal.SIGTERM, _stop)
    # A program that is started where Ctrl-C is ignored would ignore it too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # The reader's file may print to file descriptor 1; the verdicts go where it does not reach.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def tell(value: object) -> None:
        print(json.dumps(value), file=answers)

    for verdict in check_file(page, Path(file), only, tell):
        tell(astuple(verdict))


def _stop(number: int, frame: object) -> None:
    raise Stopped


if __name__ == "__main__":
    main(*sys.argv[1:])
