"""The programs of the page on sets, with input that the page does not show."""

import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

FOLDER = Path(tutorial_examples.__file__).parent / "python" / "sets"
PAGE = "python/sets"


@pytest.mark.parametrize(
    ("typed", "greetings"),
    [
        ("", "0 visitors"),
        ("Ann\nAnn\nAnn", "Welcome, Ann\nWelcome back, Ann\nWelcome back, Ann\n\n1 visitors"),
        ("Ann\nann\n", "Welcome, Ann\nWelcome, ann\n\n2 visitors"),
    ],
)
def test_door(typed, greetings):
    done = subprocess.run(
        [sys.executable, FOLDER / "door.py"],
        input=typed,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.replace("Name: ", "").strip() == greetings


@pytest.mark.parametrize(
    ("exercise", "solution"),
    [("absent", "absent.py"), ("letters", "same_letters.py"), ("door", "door.py")],
)
def test_the_solutions_pass_their_checks(check_answer, exercise, solution):
    source = (FOLDER / solution).read_text(encoding="utf-8")
    assert check_answer(PAGE, exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("set(invited) - set(came)", "this is a set; sorted makes a sorted list of it"),
        ("sorted(set(came) - set(invited))", "these came without being invited"),
        ("sorted(set(invited) ^ set(came))", "- keeps what is on the left only"),
        ("sorted(invited - came)", "raised TypeError: unsupported operand type(s) for -"),
        ("sorted(name for name in invited if name not in came)", "'Zoe']; expected"),
        ("[name for name in dict.fromkeys(invited) if name not in came]", "not sorted"),
        ("print(sorted(set(invited) - set(came)))", "it printed the answer; return it instead"),
    ],
)
def test_wrong_absents(check_answer, result, message):
    verdict = check_answer(PAGE, "absent", f"def absent(invited, came):\n    return {result}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("sorted(one) == sorted(other)", "how often a letter comes does not matter"),
        ("set(one) <= set(other)", "all letters of the first word are in the second, but"),
        ("set(one) >= set(other)", "all letters of the second word are in the first, but"),
        ("{one} == {other}", "same_letters('banana', 'ban') returned False; expected True"),
        ("set(one) - set(other)", "returned set(); expected True"),
    ],
)
def test_wrong_letters(check_answer, result, message):
    source = f"def same_letters(one, other):\n    return {result}\n"
    verdict = check_answer(PAGE, "letters", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


DOOR = """
visitors = EMPTY
while True:
    try:
        name = input("Name: ")
    except EOFError:
        break
    BEFORE
    if name in visitors:
        print("Welcome back,", name)
    else:
        print("Welcome,", name)
    AFTER
print()
print(len(visitors), "visitors")
"""


@pytest.mark.parametrize(
    ("empty", "before", "after", "message"),
    [
        ("[]", "pass", "visitors.append(name)", "who comes again is no new visitor"),
        ("set()", "visitors.add(name)", "pass", "before you add it"),
        (
            "{}",
            "pass",
            "visitors.add(name)",
            "AttributeError: 'dict' object has no attribute 'add'",
        ),
        ("set()", "pass", "visitors.update(name)", "'5 visitors'"),
        ("set()", "pass", "pass", "it prints ['Welcome, Ann', 'Welcome, Bob', 'Welcome, Ann', "),
    ],
)
def test_wrong_doors(check_answer, empty, before, after, message):
    source = DOOR.replace("EMPTY", empty).replace("BEFORE", before).replace("AFTER", after)
    verdict = check_answer(PAGE, "door", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
