"""The programs of the page on tuples, and the checks of its exercises."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples
from exercise_checks.checking import check_in_own_process

PAGE = "python/tuples"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def meet(typed):
    return subprocess.run(
        [sys.executable, FOLDER / "known_clients.py"],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("typed", "last_line"),
    [
        ("", "[]"),
        ("127.0.0.1 5\n127.0.0.1 5\n", "[('127.0.0.1', 5)]"),
        ("127.0.0.1 5\n127.0.0.2 5\n", "[('127.0.0.1', 5), ('127.0.0.2', 5)]"),
        ("127.0.0.1 5\n  127.0.0.1   005\n", "[('127.0.0.1', 5)]"),
    ],
)
def test_known_clients(typed, last_line):
    done = meet(typed)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == last_line


def test_the_second_client_is_known_by_its_index():
    done = meet("127.0.0.1 5\n127.0.0.1 6\n127.0.0.1 6\n")
    assert "known as client 1\n" in done.stdout


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("127.0.0.1\n", "ValueError: not enough values to unpack (expected 2, got 1)"),
        ("\n", "ValueError: not enough values to unpack (expected 2, got 0)"),
        ("127.0.0.1 http\n", "ValueError: invalid literal for int() with base 10: 'http'"),
    ],
)
def test_what_is_no_address_ends_it(typed, message):
    done = meet(typed)
    assert done.returncode == 1
    assert done.stderr.endswith(f"{message}\n")


@pytest.mark.parametrize(
    ("items", "swapped"),
    [
        ((1, 2), (2, 1)),
        ((1, 2, 3), (3, 2, 1)),
        (([1], [2], [3]), ([3], [2], [1])),
        ("abc", ("c", "b", "a")),
    ],
)
def test_swap_ends(items, swapped):
    assert runpy.run_path(str(FOLDER / "swap_ends.py"))["swap_ends"](items) == swapped


def test_swap_ends_needs_two():
    with pytest.raises(ValueError, match="at least 2, got 1"):
        runpy.run_path(str(FOLDER / "swap_ends.py"))["swap_ends"]((1,))


def test_split_address_with_spaces_and_zeros():
    split_address = runpy.run_path(str(FOLDER / "split_address.py"))["split_address"]
    assert split_address("localhost: 080") == ("localhost", 80)


@pytest.mark.parametrize("text", ["", "localhost", "::1", "localhost:", "localhost:http"])
def test_split_address_refuses(text):
    split_address = runpy.run_path(str(FOLDER / "split_address.py"))["split_address"]
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        split_address(text)


def check(tmp_path, exercise, answer):
    file = tmp_path / "my_tuples.py"
    file.write_text(answer, encoding="utf-8")
    (verdict,) = check_in_own_process(PAGE, file, exercise)
    return verdict


@pytest.mark.parametrize("exercise", ["shared", "swap_ends", "split_address"])
def test_the_solution_shown_passes(tmp_path, exercise):
    shown = (FOLDER / f"{exercise}.py").read_text(encoding="utf-8")
    verdict = check(tmp_path, exercise, shown)
    assert (verdict.outcome, verdict.message) == ("solved", "")


def test_swapping_by_slices_passes(tmp_path):
    answer = "def swap_ends(items):\n    return items[-1:] + items[1:-1] + items[:1]\n"
    assert check(tmp_path, "swap_ends", answer).outcome == "solved"


@pytest.mark.parametrize(
    ("a", "b", "help_given"),
    [
        ("('x', [1], 'y')", "('x', [1, 2])", "refers to the same list"),
        ("('x', [1, 2])", "('x', [1, 2])", "makes a tuple with 'y' at its end"),
        ("['x', [1, 2], 'y']", "('x', [1, 2])", "this is a list"),
        ("('x', [1, 2], 'y')", "('x', [1, 2], 'y')", "b refers to the first one as before"),
        ("('x', [1, 2], 'y')", "('x', [1], 'y')", "b refers to the first one as before"),
        ("('x', [1, 2], 'y')", "('x', [1])", "but the list in it can"),
    ],
)
def test_wrong_predictions_of_shared(check_answer, a, b, help_given):
    verdict = check_answer(PAGE, "shared", f"a = {a}\nb = {b}\n")
    assert verdict.outcome == "not as expected"
    assert help_given in verdict.message


SWAP_WRONG = [
    ("return [items[-1], *items[1:-1], items[0]]", "this is a list"),
    ("first, *middle, last = items\n    return last, middle, first", "*middle puts in"),
    ("return (items[-1], items[1:-1], items[0])", "*items[1:-1]"),
    ("return (items[-1], *items[1:-2], items[0])", "a slice stops before its second number"),
    ("return items[::-1]", "only the ends change places"),
    ("return items[-1], items[0]", "the elements between the ends are missing"),
    ("a, b, c, d = items\n    return d, b, c, a", "not enough values to unpack"),
    ("items[0], items[-1] = items[-1], items[0]", "does not support item assignment"),
    ("return items[-1] + items[1:-1] + items[0]", "TypeError: unsupported operand type(s) for +"),
]


@pytest.mark.parametrize(("body", "help_given"), SWAP_WRONG)
def test_a_wrong_swap_is_told_what_to_think_about(tmp_path, body, help_given):
    verdict = check(tmp_path, "swap_ends", f"def swap_ends(items):\n    {body}\n")
    assert verdict.outcome == "not as expected"
    assert help_given in verdict.message


SPLIT_WRONG = [
    ("return tuple(text.split(':'))", "int() makes a whole number of it"),
    ("return text.split(':')", "unpack it first"),
    ("host, port = text.split(':')\n    return [host, int(port)]", "the comma after return"),
    ("return text.replace(':', ', ')", "this is one string"),
    ("return text,", "split(':') does that"),
    ("host, port = text.split()\n    return host, int(port)", "not enough values to unpack"),
    ("return text[:9], int(text[10:])", "split(':') finds the colon"),
    ("host, port = text.split(':')\n    print((host, int(port)))", "return it instead"),
]


@pytest.mark.parametrize(("body", "help_given"), SPLIT_WRONG)
def test_a_wrong_split_is_told_what_to_think_about(tmp_path, body, help_given):
    verdict = check(tmp_path, "split_address", f"def split_address(text):\n    {body}\n")
    assert verdict.outcome == "not as expected"
    assert help_given in verdict.message
