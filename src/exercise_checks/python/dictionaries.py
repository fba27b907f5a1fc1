"""The exercises of the page on dictionaries."""

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.exercises import exercise, program_exercise


@exercise
def check_invert(attempt: Attempt) -> None:
    invert = attempt.function("invert", "invert(d)")
    hints = {
        repr({"ssh": 22, "http": 80}): "it still leads from names to numbers",
        repr({22: "http", 80: "http"}): "each value needs the key of its own entry; see items",
        repr([(22, "ssh"), (80, "http")]): "these are pairs in a list; make a dictionary of them",
    }
    invert.expect({"ssh": 22, "http": 80}, returns={22: "ssh", 80: "http"}, hints=hints)
    hints = {repr({80: "www"}): "go through the entries in their order, and let later ones replace"}
    invert.expect({"www": 80, "http": 80}, returns={80: "http"}, hints=hints)
    invert.expect({}, returns={})


@exercise
def check_group(attempt: Attempt) -> None:
    by_length = attempt.function("by_length", "by_length(words)")
    hints = {
        repr({1: ["a"], 2: ["is"], 3: ["the"]}): "the second word of a length replaced the first",
        repr({1: "a", 2: "is", 3: "the"}): "under each length goes a list of words",
        repr({1: 1, 2: 2, 3: 1}): "these are the numbers of words; the words are asked for",
        repr({1: None, 2: None, 3: None}): "append changes a list and returns None",
        repr({1: [], 2: [], 3: []}): "get does not put its list into the dictionary",
    }
    words = ["a", "to", "is", "the"]
    by_length.expect(words, returns={1: ["a"], 2: ["to", "is"], 3: ["the"]}, hints=hints)
    by_length.expect(["on", "", "no", "on"], returns={2: ["on", "no", "on"], 0: [""]})
    by_length.expect([], returns={})


@program_exercise
def check_phone(attempt: Attempt) -> None:
    _expect_answers(attempt, ["Ann 4711", "Bob 12", "Ann", "Bob"], ["4711", "12"])
    _expect_answers(attempt, ["Ann", "Ann 4711", "Ann"], ["no number for Ann", "4711"])
    _expect_answers(attempt, ["Ann 4711", "Ann 4712", "Ann"], ["4712"])


def _expect_answers(attempt: Attempt, typed: list[str], expected: list[str]) -> None:
    printed = attempt.run(typed).replace("Name: ", "")
    answers = [line for line in printed.splitlines() if line]
    if answers == expected:
        return
    message = f"when {typed} is typed, it prints {answers}; expected {expected}"
    if "None" in answers:
        message += " (get takes a second argument: what to return for a missing key)"
    elif answers == ["4711"]:
        message += " (a number that is there must be replaced)"
    raise NotAsExpected(message)
