"""The programs of the page on dictionaries, with input that the page does not show."""

import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

FOLDER = Path(tutorial_examples.__file__).parent / "python" / "dictionaries"
PAGE = "python/dictionaries"


def printed_by(program, typed):
    done = subprocess.run(
        [sys.executable, FOLDER / program],
        input=typed,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    ("typed", "counts"),
    [
        ("", []),
        ("\n  \n", []),
        ("one\none\n", ["2 one"]),
        ("b a b\n", ["2 b", "1 a"]),
        ("The THE the", ["3 the"]),
        # Punctuation belongs to its word for this program.
        ("stop\tstop.\n", ["1 stop", "1 stop."]),
    ],
)
def test_count_words(typed, counts):
    printed = printed_by("count_words.py", typed)
    assert printed.replace("Line: ", "").split("\n") == ["", *counts, ""]


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("", ""),
        ("\n \n", ""),
        ("Ann 4711\nann\n", "no number for ann\n"),
        ("Ann 0049 4711\nAnn\n", "no number for Ann\n"),
        ("  Ann   4711 \n Ann\n", "4711\n"),
    ],
)
def test_phone_book(typed, answers):
    assert printed_by("phone_book.py", typed).replace("Name: ", "") == f"{answers}\n"


@pytest.mark.parametrize(
    ("exercise", "solution"),
    [("invert", "invert.py"), ("group", "by_length.py"), ("phone", "phone_book.py")],
)
def test_the_solutions_pass_their_checks(check_answer, exercise, solution):
    source = (FOLDER / solution).read_text(encoding="utf-8")
    assert check_answer(PAGE, exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("{key: value for key, value in d.items()}", "still leads from names to numbers"),
        ("[(value, key) for key, value in d.items()]", "make a dictionary of them"),
        ("{value: key for value in d.values() for key in d}", "see items"),
        ("{value: key for key, value in d}", "raised ValueError: too many values to unpack"),
        (
            "{d[key]: key for key in reversed(d)}",
            "expected {80: 'http'} (go through",
        ),
        ("d.clear()", "returned None"),
    ],
)
def test_wrong_inversions(check_answer, result, message):
    verdict = check_answer(PAGE, "invert", f"def invert(d):\n    return {result}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


GROUP = """
def by_length(words):
    groups = {}
    for word in words:
        LINE
    return groups
"""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("groups[len(word)].append(word)", "raised KeyError: 1 at answer.py:5"),
        ("groups[len(word)] = [word]", "replaced the first"),
        ("groups[len(word)] = word", "goes a list of words"),
        ("groups[len(word)] = groups.get(len(word), 0) + 1", "the words are asked for"),
        ("groups[len(word)] = groups.setdefault(len(word), []).append(word)", "raised AttributeE"),
        ("groups[len(word)] = [].append(word)", "append changes a list and returns None"),
        ("groups.get(len(word), []).append(word)", "returned {}; expected"),
        ("groups[len(word)] = groups.get(len(word), []); [].append(word)", "get does not put"),
        (
            "groups[len(word)] = sorted(groups.get(len(word), []) + [word])",
            "{1: ['a'], 2: ['is', 't",
        ),
    ],
)
def test_wrong_groups(check_answer, line, message):
    verdict = check_answer(PAGE, "group", GROUP.replace("LINE", line))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


PHONE = """
numbers = {}
while True:
    try:
        words = input("Name: ").split()
    except EOFError:
        break
    if len(words) == 2:
        KEEP
    else:
        print(ANSWER)
"""
RIGHT_KEEP = "numbers[words[0]] = words[1]"
RIGHT_ANSWER = "numbers.get(words[0], 'no number for ' + words[0])"


@pytest.mark.parametrize(
    ("keep", "answer", "message"),
    [
        (RIGHT_KEEP, "numbers[words[0]]", "raised KeyError: 'Ann' at answer.py:11 when ['Ann', "),
        (RIGHT_KEEP, "numbers.get(words[0])", "get takes a second argument"),
        ("numbers.setdefault(words[0], words[1])", RIGHT_ANSWER, "must be replaced"),
        ("numbers[words[1]] = words[0]", RIGHT_ANSWER, "prints ['no number for Ann', 'no num"),
        ("numbers = {words[0]: words[1]}", RIGHT_ANSWER, "expected ['4711', '12']"),
    ],
)
def test_wrong_phone_books(check_answer, keep, answer, message):
    source = PHONE.replace("KEEP", keep).replace("ANSWER", answer)
    verdict = check_answer(PAGE, "phone", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
