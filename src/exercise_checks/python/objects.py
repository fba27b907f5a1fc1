"""Checks of the exercises on the page `python/objects`."""

import ast

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.exercises import exercise, program_exercise

LOST = "after left = right no name refers to the tea; keep it by a third name before"


@exercise
def check_swap(attempt: Attempt) -> None:
    attempt.expect_value("left", "coffee", hints={"'tea'": "left still refers to its first object"})
    attempt.expect_value("right", "tea", hints={"'coffee'": LOST})
    values = [
        node.value
        for node in ast.walk(ast.parse(attempt.path.read_bytes()))
        if isinstance(node, ast.Constant)
    ]
    for value in ("tea", "coffee"):
        if values.count(value) > 1:
            raise NotAsExpected(
                f"{attempt.path.name} writes {value!r} more than once;"
                " exchange what the names refer to, whatever it is"
            )


@program_exercise
def check_say(attempt: Attempt) -> None:
    called = "say = print(...) calls print and keeps what it returns; leave the parentheses away"
    attempt.expect_value("say", print, hints={"None": called})
    attempt.expect_output("hello\nworld")
