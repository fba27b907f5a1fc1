"""What an answer begins with, as far as the check of the exercise tells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from exercise_checks.attempt import Attempt, AttemptedFunction

if TYPE_CHECKING:
    import types

    from exercise_checks.exercises import Exercise

PROGRAM = "# Write your program here.\n"
ANSWER = "# Write your answer here.\n"


def outline(found: Exercise) -> str:
    """The text of a file in which a reader begins to answer an exercise."""
    if found.is_program:
        return PROGRAM
    try:
        found.check(_EmptyAttempt())
    except _Asked as asked:
        return asked.text
    return ANSWER


class _Asked(BaseException):
    """The check has asked for something, and would go on with what it gets."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class _EmptyAttempt(Attempt):
    """A file that is not written yet."""

    def __init__(self) -> None:
        super().__init__(Path("my_answer.py"))

    @property
    def module(self) -> types.ModuleType:
        raise _Asked(ANSWER)

    def function(self, name: str, signature: str) -> AttemptedFunction:
        # By the habit of all Python, only classes begin with a capital letter.
        if name[0].isupper():
            raise _Asked(f"class {name}:\n    ...\n")
        raise _Asked(f"def {signature}:\n    ...\n")

    def expect_value(self, name: str, *others: Any, **named: Any) -> NoReturn:
        raise _Asked(ANSWER)

    def run(self, typed: list[str] | None = None) -> NoReturn:
        raise _Asked(PROGRAM)
