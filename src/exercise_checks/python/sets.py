"""The exercises of the page on sets."""

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.exercises import exercise, program_exercise


@exercise
def check_absent(attempt: Attempt) -> None:
    absent = attempt.function("absent", "absent(invited, came)")
    hints = {
        repr({"Ann", "Zoe"}): "this is a set; sorted makes a sorted list of it",
        repr({"Zoe", "Ann"}): "this is a set; sorted makes a sorted list of it",
        repr(["Zoe", "Ann"]): "these are the right ones, not sorted",
        repr(["Zoe", "Ann", "Ann"]): "each once, and sorted",
        repr(["Ann", "Ann", "Zoe"]): "each once",
        repr(["Dan"]): "these came without being invited",
        repr(["Ann", "Dan", "Zoe"]): "Dan came; - keeps what is on the left only, ^ does not",
    }
    invited = ["Zoe", "Ann", "Bob", "Ann"]
    absent.expect(invited, ["Bob", "Dan"], returns=["Ann", "Zoe"], hints=hints)
    absent.expect(["Ann"], ["Ann"], returns=[])
    absent.expect([], ["Ann"], returns=[])


@exercise
def check_letters(attempt: Attempt) -> None:
    same_letters = attempt.function("same_letters", "same_letters(one, other)")
    counted = {"False": "how often a letter comes does not matter"}
    same_letters.expect("banana", "ban", returns=True, hints=counted)
    part = {"True": "all letters of the first word are in the second, but not the other way round"}
    same_letters.expect("ban", "band", returns=False, hints=part)
    part = {"True": "all letters of the second word are in the first, but not the other way round"}
    same_letters.expect("band", "ban", returns=False, hints=part)
    same_letters.expect("", "", returns=True)


@program_exercise
def check_door(attempt: Attempt) -> None:
    _expect_greetings(
        attempt,
        ["Ann", "Bob", "Ann", "Ann"],
        ["Welcome, Ann", "Welcome, Bob", "Welcome back, Ann", "Welcome back, Ann", "2 visitors"],
    )
    _expect_greetings(attempt, [], ["0 visitors"])


def _expect_greetings(attempt: Attempt, typed: list[str], expected: list[str]) -> None:
    printed = attempt.run(typed).replace("Name: ", "")
    greetings = [line for line in printed.splitlines() if line]
    if greetings == expected:
        return
    message = f"when {typed} is typed, it prints {greetings}; expected {expected}"
    if typed and greetings[-1:] == [f"{len(typed)} visitors"]:
        message += " (who comes again is no new visitor; add the name to a set)"
    elif greetings[:1] == ["Welcome back, Ann"]:
        message += " (ask whether the name is in the set before you add it)"
    raise NotAsExpected(message)
