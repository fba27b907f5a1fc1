"""Checks of the exercises on the page `python/objects`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise, program_exercise

LOST = "after left = right no name refers to the tea; keep it by a third name before"
WRITTEN = "exchange what the names refer to, whatever it is, and write neither string again"


@exercise
def check_swap(attempt: Attempt) -> None:
    attempt.expect_value("left", "coffee", hints={"'tea'": "left still refers to its first object"})
    attempt.expect_value("right", "tea", hints={"'coffee'": LOST})
    others = {"left": 7, "right": 8}
    attempt.expect_value("left", 8, hints={"'coffee'": WRITTEN}, given=others)
    attempt.expect_value("right", 7, hints={"'tea'": WRITTEN}, given=others)


@program_exercise
def check_say(attempt: Attempt) -> None:
    called = "say = print(...) calls print and keeps what it returns; leave the parentheses away"
    attempt.expect_value("say", print, hints={"None": called})
    attempt.expect_output("hello\nworld")


@exercise
def check_arrows(attempt: Attempt) -> None:
    attempt.expect_value(
        "strings",
        2,
        hints={
            "1": "'two' has an arrow in the end too, that of a",
            "3": "two strings were written; b = a, a = c and c = b only move or make arrows",
            "5": "only two of the five lines make a string; the others move or make an arrow",
        },
    )
    attempt.expect_value(
        "last_a",
        "two",
        hints={"'one'": "a = c moved the arrow of a to 'two', and c = b moves only that of c"},
    )
    attempt.expect_value(
        "last_b",
        "one",
        hints={"'two'": "b refers to the string, not to the name a; a = c moves only a's arrow"},
    )
    attempt.expect_value(
        "last_c",
        "one",
        hints={"'two'": "c = b moved the arrow of c to the string that b refers to"},
    )
