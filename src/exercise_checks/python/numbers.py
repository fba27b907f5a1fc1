"""Checks of the exercises on the page `python/numbers`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise

WHOLE = "/ gives a float; // rounds down to a whole number"


@exercise
def check_clock(attempt: Attempt) -> None:
    attempt.expect_value("hours", 27, hints={repr(98765 / 3600): WHOLE})
    attempt.expect_value(
        "minutes",
        26,
        hints={
            "1646": "these are all the minutes; leave out the whole hours, with %",
            repr(98765 % 3600 / 60): WHOLE,
        },
    )
    attempt.expect_value(
        "rest", 5, hints={"1565": "these are left after the hours, not after the minutes"}
    )
    for seconds, answers in {59: (0, 0, 59), 3600: (1, 0, 0), 7325: (2, 2, 5)}.items():
        for name, answer in zip(("hours", "minutes", "rest"), answers, strict=True):
            attempt.expect_value(name, answer, given={"seconds": seconds})


@exercise
def check_cents(attempt: Attempt) -> None:
    attempt.expect_value(
        "cents",
        1999,
        hints={
            "1998": "int cuts off, and price * 100 is a little less than 1999",
            "1998.9999999999998": "round gives the nearest integer",
            "1999.0": "an integer is wanted; round(...) without a second argument gives one",
        },
    )
    hints = {"421": "price * 100 is exactly 420 here, and nothing may be added"}
    attempt.expect_value("cents", 420, hints=hints, given={"price": 4.2})
    attempt.expect_value("cents", 435, given={"price": 4.35})
    attempt.expect_value("cents", 110, given={"price": 1.1})


@exercise
def check_types(attempt: Attempt) -> None:
    attempt.expect_value(
        "divided", 2.0, hints={"2": "/ gives a float, even where nothing is left over"}
    )
    attempt.expect_value(
        "floored",
        3.0,
        hints={
            "3": "where an int meets a float, a float comes out, also with //",
            "3.5": "// rounds down to a whole number",
            "4.0": "// rounds down, not to the nearest whole number",
        },
    )
    attempt.expect_value(
        "power",
        0.5,
        hints={
            "-2": "to the power of -1 means 1 divided by the number",
            "-2.0": "to the power of -1 means 1 divided by the number",
            "0": "to the power of -1 means 1 divided by the number, as / divides",
        },
    )
    text = "int makes a number of the text, and numbers are multiplied"
    attempt.expect_value("doubled", 14, hints={repr("77"): text, "77": text, repr("14"): text})
    attempt.expect_value(
        "repeated",
        "77",
        hints={
            "14": "text that consists of digits is still text, and no number",
            "77": "a repeated string is a string; write it in quotes",
            repr("14"): "a string times 2 is repeated, not calculated with",
        },
    )
