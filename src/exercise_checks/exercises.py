"""The exercises of a page and their checks."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from exercise_checks.attempt import AsksForInput, Attempt, NotAsExpected, NotTried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Check: TypeAlias = "Callable[[Attempt], None]"
Outcome = Literal["solved", "not as expected", "not tried"]


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes:
        name: The label that the page gives it.
        is_program: Whether the whole file is the answer; else the answer is a part of it, and one
            file may answer several exercises.
        check: Raises NotAsExpected or NotTried.
        needs: Modules of the standard library, and files of the system, that it takes to answer and
            to check it, where that is more than a Python without processes and TLS has.
    """

    name: str
    is_program: bool
    check: Check
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    Attributes:
        exercise: The exercise's name.
        outcome: Whether it is solved.
        message: Empty for a solved one, else what was expected and what came.
    """

    exercise: str
    outcome: Outcome
    message: str = ""


def exercise(check: Check) -> Check:
    """Marks the check of an exercise whose answer is a part of a file, such as a function."""
    return _register(check, is_program=False)


def program_exercise(check: Check) -> Check:
    """Marks the check of an exercise whose answer is a whole program."""
    return _register(check, is_program=True)


def needs(*names: str) -> Callable[[Check], Check]:
    """Says, above the mark of an exercise, what not every Python has that it takes.

    Args:
        names: Of modules of the standard library, such as `ssl`, or of files of the system, such as
            `/proc/net/tcp`.
    """

    def note(check: Check) -> Check:
        marked: Exercise = vars(check)["exercise"]
        vars(check)["exercise"] = replace(marked, needs=names)
        return check

    return note


def pages_with_exercises() -> list[str]:
    """The pages that have exercises to check, such as `python/lists`."""
    folder = Path(__file__).parent
    paths = (path for path in folder.glob("*/*.py") if path.stem != "__init__")
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in paths)


def exercises_of(page: str) -> list[Exercise]:
    """The exercises of a page, in the order of their checks.

    Raises:
        LookupError: The page has none that can be checked.
    """
    name = f"exercise_checks.{page.replace('/', '.')}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and (name == error.name or name.startswith(f"{error.name}.")):
            raise LookupError(f"{page} has no exercises that can be checked") from error
        raise
    found = (getattr(value, "exercise", None) for value in vars(module).values())
    return [value for value in found if isinstance(value, Exercise)]


def check_file(
    page: str,
    path: Path,
    only: str | None = None,
    tell: Callable[[str], None] = lambda step: None,
) -> Iterator[Verdict]:
    """Checks a reader's file against the exercises of a page, one after another.

    A file answers the exercises that it attempts; the others come back as not tried. A program
    exercise is checked if it is asked for, or if the file attempts no exercise of the other kind
    and the program exercise is the only one of the page, or the one that the file is named after,
    as `my_server.py` is after `server`.

    Args:
        page: The page, such as `python/lists`.
        path: The reader's file.
        only: The name of one exercise.
        tell: Called with what is about to be done, so that a hang can be named.

    Raises:
        LookupError: The page has no exercises, or none of that name.
    """
    exercises = exercises_of(page)
    if only is not None:
        chosen = [found for found in exercises if found.name == only]
        if not chosen:
            names = ", ".join(found.name for found in exercises)
            raise LookupError(f"{page} has no exercise {only}; it has {names}")
        try:
            yield _verdict(chosen[0], Attempt(path, tell))
        except AsksForInput as reason:
            yield Verdict(only, "not as expected", str(reason))
        return
    parts = [found for found in exercises if not found.is_program]
    programs = [found for found in exercises if found.is_program]
    attempt = Attempt(path, tell)
    is_tried = False
    for found in parts:
        try:
            verdict = _verdict(found, attempt)
        except AsksForInput as reason:
            # Where programs are asked for, it may be one of them.
            outcome: Outcome = "not tried" if programs else "not as expected"
            verdict = Verdict(found.name, outcome, str(reason))
        is_tried = is_tried or verdict.outcome != "not tried"
        yield verdict
    named = [found for found in programs if f"_{found.name}_" in f"_{path.stem}_"]
    meant = named if len(named) == 1 else programs
    for found in programs:
        if is_tried or meant != [found]:
            yield Verdict(found.name, "not tried", "a program is checked if you name it")
        else:
            yield _verdict(found, attempt)


def _register(check: Check, is_program: bool) -> Check:
    name = getattr(check, "__name__", "").removeprefix("check_")
    vars(check)["exercise"] = Exercise(name, is_program, check)
    return check


def _verdict(found: Exercise, attempt: Attempt) -> Verdict:
    try:
        found.check(attempt)
    except NotTried as reason:
        return Verdict(found.name, "not tried", str(reason))
    except AsksForInput:
        raise
    except NotAsExpected as reason:
        return Verdict(found.name, "not as expected", str(reason))
    return Verdict(found.name, "solved")
