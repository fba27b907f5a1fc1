"""Checks."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise


@exercise
def check_rotate(attempt: Attempt) -> None:
    rotate = attempt.function("rotate", "rotate(items, steps)")
    rotate.expect([1, 2, 3], 1, returns=[3, 1, 2])


@exercise
def check_foo(attempt: Attempt) -> None:
    rotate = attempt.function("foo", "foo(items, steps)")
