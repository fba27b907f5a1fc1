"""The functions of the page on functions, with arguments that the page does not show."""

from pathlib import Path

import pytest

import tutorial_examples
from tutorial_examples.python.functions import function_basics, hours, larger, mean

FOLDER = Path(tutorial_examples.__file__).parent / "python" / "functions"
PAGE = "python/functions"


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, (0, 0)), (59, (0, 59)), (60, (1, 0)), (1441, (24, 1))]
)
def test_hours_and_minutes(minutes, expected):
    assert hours.hours_and_minutes(minutes) == expected


@pytest.mark.parametrize(("x", "y"), [(3, 5), (5, 3), ("hello", "there"), ([2], [1, 9])])
def test_one_is_wrong_where_the_other_is_right(x, y):
    assert function_basics.max(x, y) == min(x, y)
    assert larger.larger(x, y) == max(x, y)


def test_the_first_of_equal_objects_is_the_larger():
    first, second = [1], [1]
    assert larger.larger(first, second) is first


@pytest.mark.parametrize(
    ("numbers", "expected"), [([], None), ([0], 0), ([-3, 3], 0), ([0.5, 1], 0.75), ((1, 2), 1.5)]
)
def test_mean(numbers, expected):
    assert mean.mean(numbers) == expected


def test_the_debugger_can_go_line_by_line(run_listing):
    done = run_listing(PAGE, "look_inside.py", typed="n\nn\nc\n")
    assert "-> return x" in done.stdout
    assert done.stdout.endswith("3\n")


def test_the_debugger_can_be_left(run_listing):
    done = run_listing(PAGE, "look_inside.py", typed="q\n")
    assert done.returncode == 1
    assert "3" not in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("exercise", "source"),
    [
        ("larger", (FOLDER / "larger.py").read_text(encoding="utf-8")),
        ("larger", "larger = max\n"),
        ("mean", (FOLDER / "mean.py").read_text(encoding="utf-8")),
        (
            "mean",
            "from statistics import mean as m\ndef mean(n):\n    return m(n) / 1 if n else None",
        ),
        ("predict", "items = [1, 2]\ncount = 1\nresult = 2\n"),
    ],
)
def test_right_answers_pass_their_checks(check_answer, exercise, source):
    assert check_answer(PAGE, exercise, source).outcome == "solved"


LARGER = """
def larger(x, y):
    if x < y:
        LESS
    else:
        NOT_LESS
"""


@pytest.mark.parametrize(
    ("less", "not_less", "message"),
    [
        ("return x", "return y", "larger(3, 5) returned 3; expected 5 (this is the smaller one)"),
        ("print(y)", "print(x)", "it printed the answer; return it instead"),
        (
            "return y",
            "pass",
            "larger(5, 3) returned None; expected 5 (a function that ends without",
        ),
        ("return y", "return max(y, x)", "returned 2.0; expected 2 (if they are equal"),
        ("return 5", "return 5", "larger('hello', 'there') returned 5"),
    ],
)
def test_wrong_larger_ones(check_answer, less, not_less, message):
    source = LARGER.replace("NOT_LESS", not_less).replace("LESS", less)
    verdict = check_answer(PAGE, "larger", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


MEAN = """
def mean(numbers):
    total = 0
    for number in numbers:
        total = total + number
    BODY
"""


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return total // len(numbers)", "the mean is 3.5; divide with /"),
        ("return total", "this is the sum"),
        ("    return total / len(numbers)", "put the return below it"),
        ("print(total / len(numbers))", "it printed the answer"),
        ("return total / len(numbers)", "mean([]) raised ZeroDivisionError"),
        ("return 0 if not numbers else total / len(numbers)", "0 would be the mean of [0]"),
        ("return 'None' if not numbers else total / len(numbers)", "None is written without quo"),
        ("return total / len(numbers) if total else None", "a mean of 0 is a mean"),
    ],
)
def test_wrong_means(check_answer, body, message):
    verdict = check_answer(PAGE, "mean", MEAN.replace("BODY", body))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("items", "count", "result", "message"),
    [
        ("[1]", "1", "2", "append changes the list"),
        ("[9]", "1", "2", "items is [9]; expected [1, 2] (items = [9] moves the arrow"),
        ("[1, 2]", "2", "2", "count is 2; expected 1 (count = count + 1 moves the arrow"),
        ("[1, 2]", "1", "1", "the function's own count is 2"),
        ("[1, 2]", "1", "None", "the function ends with return count"),
    ],
)
def test_wrong_predictions(check_answer, items, count, result, message):
    source = f"items = {items}\ncount = {count}\nresult = {result}\n"
    verdict = check_answer(PAGE, "predict", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
