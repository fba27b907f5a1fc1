"""Checks of the exercises on the page `python/input`."""

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.error_hints import error_hints
from exercise_checks.exercises import program_exercise

NO_POINT = "int takes no point; float does"


@program_exercise
def check_area(attempt: Attempt) -> None:
    hints = {
        "can't multiply": "input returns strings; make a number of each",
        "invalid literal for int()": NO_POINT,
        "could not convert": "width and height are asked for one after the other",
        "EOFError": "ask twice, for the width and for the height",
    }
    added = {"6.5": "this is the sum of the two", "13.0": "this is the way around it, not the area"}
    with error_hints(hints):
        _expect_answer(attempt, ["2.5", "4"], "Area: ", "10.0", added)
        _expect_answer(attempt, ["3", "0.5"], "Area: ", "1.5")


@program_exercise
def check_mean(attempt: Attempt) -> None:
    hints = {
        "unsupported operand": "sum adds numbers; make one of each word first",
        "float: ''": "split() cuts wherever there is space; split(' ') cuts at each space",
        "int() with base 10: ''": "split() cuts wherever there is space",
        "'3 4 8'": "split makes words of the line",
        "invalid literal for int()": NO_POINT,
        "could not convert": "split makes words of the line",
        "EOFError": "ask once; all numbers are in one line",
    }
    with error_hints(hints):
        _expect_answer(
            attempt, ["3 4 8"], "Mean: ", "5.0", {"15.0": "divide the sum by how many there are"}
        )
        _expect_answer(attempt, ["1.5  2"], "Mean: ", "1.75")
        _expect_answer(attempt, [" 7 "], "Mean: ", "7.0")


@program_exercise
def check_backwards(attempt: Attempt) -> None:
    with error_hints({"EOFError": "that is the end of input; except EOFError: says what to do"}):
        _expect_lines(attempt, ["one", "two", "three"])
        _expect_lines(attempt, ["b", "", "a", "b"])
        _expect_lines(attempt, [])


def _expect_answer(
    attempt: Attempt,
    typed: list[str],
    label: str,
    answer: str,
    hints: dict[str, str] | None = None,
) -> None:
    printed = attempt.run(typed).rstrip()
    # The prompts are in the same line, since nobody pressed Enter.
    _, found, value = printed.rpartition(label)
    if found and value == answer:
        return
    message = f"when {typed} is typed, the output ends with {printed[-60:]!r};"
    message += f" expected {label + answer!r} at its end"
    hint = (hints or {}).get(value if found else printed, "")
    raise NotAsExpected(f"{message} ({hint})" if hint else message)


def _expect_lines(attempt: Attempt, typed: list[str]) -> None:
    # A line may have been ended after the last prompt, or not.
    printed = attempt.run(typed).rpartition("Line: ")[2].strip("\n")
    expected = "\n".join(reversed(typed))
    if printed == expected:
        return
    lines = printed.split("\n")
    message = f"when {typed} is typed, {lines} was printed after the last prompt;"
    message += f" expected {expected.splitlines()}"
    if lines == typed:
        message += " (the last line comes first)"
    elif lines == sorted(typed, reverse=True):
        message += " (in the reverse order in which they were typed, not of the alphabet)"
    elif lines == [line[::-1] for line in reversed(typed)]:
        message += " (each line is to stay as it is)"
    elif lines == [repr(typed[::-1])]:
        message += " (print one line after the other, not the list)"
    raise NotAsExpected(message)
