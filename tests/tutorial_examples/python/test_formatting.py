"""The programs of the page on formatting, and the checks of its exercises."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples
from exercise_checks.checking import check_in_own_process

PAGE = "python/formatting"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def sell(typed):
    return subprocess.run(
        [sys.executable, FOLDER / "receipt.py"],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        (
            "milk\n1\n0.999\n1\n",
            [
                "1 x milk              1.00",
                "paid                  1.00",
                "change                0.00",
            ],
        ),
        (
            "a box of tea from Ceylon\n10\n99.5\n995\n",
            [
                "10 x a box of tea from Ceylon    995.00",
                "paid                995.00",
                "change                0.00",
            ],
        ),
        (
            "tea\n1\n3\n2\n",
            [
                "1 x tea               3.00",
                "paid                  2.00",
                "change               -1.00",
            ],
        ),
    ],
)
def test_receipt(typed, lines):
    done = sell(typed)
    printed = done.stdout.removeprefix("Item: How many: Price of one: Paid: ").splitlines()
    assert done.stderr == ""
    assert printed == [*lines[:2], "-" * 26, lines[2]]


def test_receipt_takes_no_decimal_comma():
    done = sell("tea\n3\n2,50\n10\n")
    assert done.returncode == 1
    assert done.stderr.endswith("ValueError: could not convert string to float: '2,50'\n")


@pytest.mark.parametrize(
    ("name", "price", "line"),
    [
        ("", 0, "                        0.00"),
        ("A name of 20 letters", 1, "A name of 20 letters    1.00"),
        ("A name of 21 letters!", 1, "A name of 21 letters!    1.00"),
        ("Ship", 12345678.9, "Ship                12345678.90"),
        ("Bottle returned", -0.25, "Bottle returned        -0.25"),
    ],
)
def test_price_line(name, price, line):
    assert runpy.run_path(str(FOLDER / "price_line.py"))["price_line"](name, price) == line


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0:00:00"),
        (60, "0:01:00"),
        (3599, "0:59:59"),
        (3600, "1:00:00"),
        (86400, "24:00:00"),
    ],
)
def test_clock(seconds, shown):
    assert runpy.run_path(str(FOLDER / "clock.py"))["clock"](seconds) == shown


def check(tmp_path, exercise, answer):
    file = tmp_path / "my_formatting.py"
    file.write_text(answer, encoding="utf-8")
    (verdict,) = check_in_own_process(PAGE, file, exercise)
    return verdict


@pytest.mark.parametrize("exercise", ["price_line", "clock"])
def test_the_solution_shown_passes(tmp_path, exercise):
    shown = (FOLDER / f"{exercise}.py").read_text(encoding="utf-8")
    verdict = check(tmp_path, exercise, shown)
    assert (verdict.outcome, verdict.message) == ("solved", "")


WRONG = [
    ("price_line", '"{name:20}{price:8.2f}"', "the f before the quote is missing"),
    ("price_line", 'f"{name:20}{price:8.2}"', ".2 does not"),
    ("price_line", 'f"{name:20}{price:8}"', "two digits after the point"),
    ("price_line", 'f"{name:20}{price:.2f}"', "8 columns of its own"),
    ("price_line", 'f"{name}{price:8.2f}"', "the name fills 20 columns"),
    ("price_line", 'f"{name:>20}{price:8.2f}"', "on the left"),
    ("price_line", 'f"{name:20} {price:8.2f}"', "without a space between the braces"),
    ("price_line", 'f"{name:20}{price:<8.2f}"', "on the right"),
    ("price_line", 'f"{name:20}{str(price):>8.2f}"', "Unknown format code 'f'"),
    ("price_line", 'f"{name:20}{round(price, 2):8}"', "two digits after the point"),
    ("clock", 'f"{seconds // 3600}:{seconds // 60 % 60}:{seconds % 60}"', "fills with zeros"),
    ("clock", 'f"{seconds // 3600}:{seconds // 60 % 60:2}:{seconds % 60:2}"', "with spaces"),
    ("clock", 'f"{seconds // 3600}:{seconds // 60:02}:{seconds % 60:02}"', "whole hours"),
    ("clock", 'f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds}"', "whole minutes"),
    ("clock", 'f"{seconds // 3600}:{seconds // 60}:{seconds}"', "what is left over"),
    ("clock", 'f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"', "no zero"),
    ("clock", 'f"{seconds / 3600}:{seconds / 60 % 60:02}:{seconds % 60:02}"', "a fraction"),
    (
        "clock",
        'f"{seconds // 3600}:{seconds / 60 % 60:02.0f}:{seconds % 60:02}"',
        "59 seconds are no minute yet",
    ),
    ("clock", 'f"{seconds // 3600 % 24}:{seconds // 60 % 60:02}:{seconds % 60:02}"', "100:00:00"),
]


@pytest.mark.parametrize(("exercise", "returned", "help_given"), WRONG)
def test_a_wrong_answer_is_told_what_to_think_about(tmp_path, exercise, returned, help_given):
    frame = {"price_line": "def price_line(name, price):", "clock": "def clock(seconds):"}[exercise]
    verdict = check(tmp_path, exercise, f"{frame}\n    return {returned}\n")
    assert verdict.outcome == "not as expected"
    assert help_given in verdict.message


def test_a_line_that_is_printed(tmp_path):
    answer = 'def price_line(name, price):\n    print(f"{name:20}{price:8.2f}")\n'
    assert "it printed the answer; return it" in check(tmp_path, "price_line", answer).message
