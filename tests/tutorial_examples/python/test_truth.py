"""The programs of the page on truth, and the checks of its exercises."""

import calendar
import runpy
from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/truth"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


@pytest.mark.parametrize(
    ("typed", "greeted"),
    [
        ("\n", "stranger"),
        (" \t \n", "stranger"),
        (" Ann \n", "Ann"),
        # Not empty, so it counts as true.
        ("0\n", "0"),
    ],
)
def test_greet(run_listing, typed, greeted):
    done = run_listing(PAGE, "greet.py", typed=typed)
    assert (done.stdout, done.stderr) == (f"Name: Hello, {greeted}\n", "")


def test_greet_without_any_input(run_listing):
    assert run_listing(PAGE, "greet.py").stderr.endswith("EOFError: EOF when reading a line\n")


def test_is_leap():
    is_leap = runpy.run_path(str(FOLDER / "is_leap.py"))["is_leap"]
    years = range(-400, 2801)
    assert [is_leap(year) for year in years] == [calendar.isleap(year) for year in years]
    assert type(is_leap(2000)) is type(is_leap(1900)) is bool


@pytest.mark.parametrize(
    ("items", "found"),
    [([], 7), ([0], 0), ([None, 1], None), ([[]], []), ((), 7), ((False, 1), False), ("", 7)],
)
def test_first(items, found):
    first = runpy.run_path(str(FOLDER / "first.py"))["first"]
    assert first(items, 7) == found


ANSWERS = "a = 'tea'\nb = 0\nc = []\nd = False\ne = 1\nf = 2\n"


def test_the_solutions_pass_their_checks(check_answer):
    assert check_answer(PAGE, "predict", ANSWERS).outcome == "solved"
    for name, listing in (("leap", "is_leap"), ("first", "first")):
        source = (FOLDER / f"{listing}.py").read_text()
        assert check_answer(PAGE, name, source).outcome == "solved"


@pytest.mark.parametrize(
    ("exercise", "source"),
    [
        ("leap", "def is_leap(year):\n    return year % (400 if year % 100 == 0 else 4) == 0\n"),
        ("leap", "def is_leap(y):\n    return not y % 4 and (y % 100 != 0 or not y % 400)\n"),
        ("first", "def first(items, default):\n    return (items + [default])[0]\n"),
        ("first", "def first(items, default):\n    return items[0] if items else default\n"),
    ],
)
def test_other_ways_pass(check_answer, exercise, source):
    assert check_answer(PAGE, exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("a = 'tea'", "a = True", "a is True; expected 'tea' (one of the operands comes out"),
        ("a = 'tea'", "a = ''", "'' is empty"),
        ("b = 0", "b = 'tea'", "'tea' counts as true, so the right operand comes out"),
        ("b = 0", "b = False", "b is False; expected 0 (one of the operands comes out, as it is)"),
        ("c = []", "c = False", "c is False; expected [] (one of the operands"),
        ("d = False", "d = True", "'False' has five characters"),
        ("d = False", "d = 'False'", "not gives a Boolean"),
        ("e = 1", "e = 1 / 0", "answer.py raised ZeroDivisionError: division by zero"),
        ("e = 1", "e = True", "e is True; expected 1 (one of the operands"),
        ("f = 2", "f = True", "+ adds, and True is 1"),
        ("f = 2", "f = 1", "3 > 2 > 1 is chained"),
    ],
)
def test_wrong_predictions(check_answer, right, wrong, message):
    assert right in ANSWERS
    verdict = check_answer(PAGE, "predict", ANSWERS.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("year % 4 == 0", "is_leap(1900) returned True; expected False (1900 can be divided by"),
        ("year % 4 == 0 and year % 100 != 0", "(2000 can be divided by 400)"),
        ("year % 4 == 0 or year % 400 == 0", "(1900 can be divided by 100)"),
        (
            "year % 4 == 0 and (year % 100 != 0 and year % 400 == 0)",
            "is_leap(2024) returned False; expected True",
        ),
        ("year % 4 == 0 or year % 100 != 0", "(2023 cannot be divided by 4)"),
        (
            "year % 4 == 0 and year % 100 or year % 400 == 0",
            "returned 24; expected True (compare each remainder with 0, since one of the operands",
        ),
        ("print(year % 4 == 0)", "returned None; expected True (it printed the answer; return it"),
        ("year / 4 == 0", "is_leap(2024) returned False"),
    ],
)
def test_wrong_leap_years(check_answer, expression, message):
    verdict = check_answer(PAGE, "leap", f"def is_leap(year):\n    return {expression}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("items[0] or default", "(an empty list has no items[0]; let or replace the list before)"),
        ("items or default", "(this is the whole list; its first element is asked for)"),
        ("items and items[0]", "returned []; expected 'nobody' (one of the operands comes out"),
        ("items and items[0] or default", "first([0, 1], 7) returned 7; expected 0 (0 counts as"),
        ("(items or default)[0]", "returned 'n'; expected 'nobody' (put the default into a list"),
        ("default or items[0]", "returned 'nobody'; expected 'Ann' (this list is not empty)"),
        ("items.append(default) or items[0]", "must not change its first argument"),
        ("[item for item in items + [default] if item][0]", "returned 1; expected 0 (0 counts as"),
    ],
)
def test_wrong_firsts(check_answer, expression, message):
    verdict = check_answer(PAGE, "first", f"def first(items, default):\n    return {expression}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
