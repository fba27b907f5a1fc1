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


@pytest.mark.parametrize("exercise", ["specifications", "price_line", "clock"])
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


@pytest.mark.parametrize(
    ("right", "wrong", "help_given"),
    [
        ('f"{x:.1f}"', '"{x:.1f}"', "the f before the quote is missing"),
        ('f"{x:.1f}"', "round(x, 1)", "a string is wanted"),
        ('f"{x:.1f}"', 'f"{x:.1}"', ".1 does not"),
        (":,.2f", ":.2f", "a comma goes before .2f"),
        (":8.0f", ":.0f", "the width goes before the decimals"),
        (":8.0f", ":8", "a width cuts nothing"),
        ('f"{x:8.0f}"', 'f"{str(round(x)):8}"', "a string to the left"),
        (":08.0f", ":8.0f", "08 with zeros"),
        (":<10.3f", ":10.3f", "unless < sends it to the left"),
        ('f"[{x:<10.3f}]"', 'f"{x:<10.3f}"', "around the braces"),
        (
            'f"{x:.1f}"',
            '"1234.6"',
            "with x = 98.7654 at the beginning, short is '1234.6'; expected '98.8' (let the",
        ),
        ("x = 1234.5678", "x = '1234.5678'", "Unknown format code 'f'"),
    ],
)
def test_wrong_specifications(check_answer, right, wrong, help_given):
    source = (FOLDER / "specifications.py").read_text(encoding="utf-8")
    assert source.count(right) == 1
    verdict = check_answer(PAGE, "specifications", source.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert help_given in verdict.message


def test_a_line_that_is_printed(tmp_path):
    answer = 'def price_line(name, price):\n    print(f"{name:20}{price:8.2f}")\n'
    assert "it printed the answer; return it" in check(tmp_path, "price_line", answer).message
