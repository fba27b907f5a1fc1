"""The programs of the page on lists, with input that the page does not show."""

import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

FOLDER = Path(tutorial_examples.__file__).parent / "python" / "lists"


def run(program, typed):
    return subprocess.run(
        [sys.executable, FOLDER / program],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def last_line(program, typed):
    done = run(program, typed)
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("typed", "bought"),
    [
        ("", "0 to buy: "),
        ("milk\nbread\n", "2 to buy: bread, milk"),
        ("milk\nmilk\n", "1 to buy: milk"),
        ("milk\n-milk\nmilk\n", "1 to buy: milk"),
        ("milk\n- milk\n", "0 to buy: "),
        (" milk \nmilk\n", "1 to buy: milk"),
        ("\n   \n", "0 to buy: "),
        ("sugar-free gum\n", "1 to buy: sugar-free gum"),
        ("no line end", "1 to buy: no line end"),
    ],
)
def test_shopping_list(typed, bought):
    assert last_line("shopping_list.py", typed) == bought


def test_shopping_list_says_when_there_is_nothing_to_strike():
    assert "eggs is not on the list\n" in run("shopping_list.py", "-eggs\n").stdout


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("", "Best: []"),
        ("7\n", "Best: [7]"),
        ("7\n7\n9\n7\n", "Best: [9, 7, 7]"),
        ("-1\n-3\n-2\n-4\n", "Best: [-1, -2, -3]"),
        (" 10 \n9\n", "Best: [10, 9]"),
    ],
)
def test_three_best(typed, best):
    assert last_line("three_best.py", typed) == best


def test_three_best_ends_on_what_is_no_number():
    done = run("three_best.py", "7\nseven\n")
    assert done.returncode == 1
    assert done.stderr.endswith("ValueError: invalid literal for int() with base 10: 'seven'\n")
