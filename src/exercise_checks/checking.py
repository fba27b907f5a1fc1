"""Checks a file in a process of its own, so that one that never ends does no harm.

As a program, `python -m exercise_checks.checking PAGE FILE [EXERCISE]`, it is that process: it
prints one JSON value a line, a text for each step and a list for each verdict.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import astuple
from pathlib import Path

from exercise_checks.exercises import Verdict, check_file, exercises_of

DEADLINE_SECONDS = 20.0


def check_in_own_process(
    page: str, path: Path, only: str | None = None, deadline_seconds: float = DEADLINE_SECONDS
) -> list[Verdict]:
    """Checks a reader's file as `check_file` does, under a deadline.

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
        [sys.executable, "-m", "exercise_checks.checking", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": search_path, "PYTHONIOENCODING": "utf-8"},
    )
    try:
        output, errors = process.communicate(timeout=deadline_seconds)
        trouble = f"{path.name} ended Python itself: {errors.strip() or process.returncode}"
    except subprocess.TimeoutExpired:
        process.kill()
        output, errors = process.communicate()
        trouble = f"no end within {deadline_seconds:g} seconds"
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
    message = f"{trouble}, while {step}" if step else trouble
    return [*verdicts, Verdict(unfinished, "not as expected", message)]


def main(page: str, file: str, only: str | None = None) -> None:
    """Checks a file and prints the verdicts as JSON."""
    # The reader's file may print to file descriptor 1; the verdicts go where it does not reach.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def tell(value: object) -> None:
        print(json.dumps(value), file=answers)

    for verdict in check_file(page, Path(file), only, tell):
        tell(astuple(verdict))


if __name__ == "__main__":
    main(*sys.argv[1:])
