"""What can be expected of a reader's file that holds names or is a program."""

from pathlib import Path

import pytest

from exercise_checks.attempt import Attempt, NotAsExpected, NotTried


def attempt(tmp_path: Path, text: str) -> Attempt:
    path = tmp_path / "mine.py"
    path.write_text(text, encoding="utf-8")
    return Attempt(path)


def test_name_has_the_expected_value(tmp_path: Path) -> None:
    attempt(tmp_path, "rest = 7 % 2").expect_value("rest", 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rest = 3", "rest is 3; expected 1"),
        ("rest = '1'", "rest is '1'; expected 1"),
        ("rest = 1.0", "rest is 1.0; expected 1 (an int has no point)"),
        ("rest = True", "rest is True; expected 1"),
        ("rest = None", "rest is None; expected 1"),
    ],
)
def test_name_has_another_value(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(NotAsExpected) as failure:
        attempt(tmp_path, text).expect_value("rest", 1, hints={"1.0": "an int has no point"})
    assert str(failure.value) == message


def test_name_without_a_value_was_not_tried(tmp_path: Path) -> None:
    with pytest.raises(NotTried, match=r"^mine\.py gives no value to rest$"):
        attempt(tmp_path, "Rest = 1").expect_value("rest", 1)


def test_file_that_cannot_be_imported_has_no_values(tmp_path: Path) -> None:
    with pytest.raises(NotAsExpected, match=r"raised NameError: .* at mine\.py:2"):
        attempt(tmp_path, "rest = 1\nrest + more").expect_value("rest", 1)


HOURS = """
seconds = 7300
hours = seconds // 3600
seconds = 1
"""


def test_first_value_of_a_name_may_be_another_one(tmp_path: Path) -> None:
    answer = attempt(tmp_path, HOURS)
    answer.expect_value("hours", 2)
    answer.expect_value("hours", 0, given={"seconds": 3599})
    answer.expect_value("seconds", 1, given={"seconds": 3599})
    answer.expect_value("hours", 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HOURS.replace("seconds // 3600", "2"),
            "with seconds = 3599 at the beginning, hours is 2; expected 0",
        ),
        (
            HOURS.replace("seconds = 7300", "seconds, rest = 7300, 0"),
            "with seconds = 3599 at the beginning, hours is 2; expected 0",
        ),
        (
            HOURS.replace("seconds // 3600", "1 / (seconds - 3599)"),
            (
                "with seconds = 3599 at the beginning, mine.py raised ZeroDivisionError:"
                " division by zero at mine.py:3"
            ),
        ),
        (
            "hours = 2",
            (
                "with seconds = 3599 at the beginning, no line seconds = ...; begin with the lines"
                " that the exercise shows"
            ),
        ),
    ],
)
def test_answer_that_is_stated_and_not_worked_out(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(NotAsExpected) as failure:
        attempt(tmp_path, text).expect_value("hours", 0, given={"seconds": 3599})
    assert str(failure.value) == message


HINTS = {"'a b'": "print writes no quotes", "": "nothing is printed without print"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("print(repr('a b'))", "expected 'a b', but it is \"'a b'\" (print writes no quotes)"),
        ("'a b'", "expected 'a b', but it is nothing (nothing is printed without print)"),
        ("print('b a')", "expected 'a b', but it is 'b a'"),
    ],
)
def test_wrong_line_gets_its_hint(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(NotAsExpected) as failure:
        attempt(tmp_path, text).expect_output("a b", hints=HINTS)
    assert str(failure.value) == f"line 1 of the output: {message}"


MAKER = """
def make_scaler(scale):
    def scaled(number):
        return number * scale
    RETURN
"""


def test_returned_function_is_expected_like_any_other(tmp_path: Path) -> None:
    answer = attempt(tmp_path, MAKER.replace("RETURN", "return scaled"))
    make_scaler = answer.function("make_scaler", "make_scaler(scale)")
    triple = make_scaler.returned_function(3)
    triple.expect(5, returns=15)
    with pytest.raises(NotAsExpected, match=r"^make_scaler\(3\)\(5\) returned 15; expected 16$"):
        triple.expect(5, returns=16)
    double = make_scaler.returned_function(2, called="double")
    with pytest.raises(NotAsExpected, match=r"^double\(None\) raised TypeError: .* at mine.py:4$"):
        double.expect(None, returns=0)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("pass", "returned None; expected a function (a function that ends without return"),
        ("return scaled(1)", "returned 3; expected a function (return a function itself"),
        ("return scale()", "raised TypeError: 'int' object is not callable at mine.py:5"),
    ],
)
def test_another_result_than_a_function(tmp_path: Path, line: str, message: str) -> None:
    answer = attempt(tmp_path, MAKER.replace("RETURN", line))
    make_scaler = answer.function("make_scaler", "make_scaler(scale)")
    with pytest.raises(NotAsExpected) as failure:
        make_scaler.returned_function(3)
    assert str(failure.value).startswith(f"make_scaler(3) {message}")


def test_functions_among_the_arguments_are_named(tmp_path: Path) -> None:
    answer = attempt(tmp_path, "def call(function, *, other):\n    return other\n")
    call = answer.function("call", "call(function, *, other)")
    with pytest.raises(NotAsExpected, match=r"^call\(str.upper, other=len\) returned <built-in f"):
        call.expect(str.upper, returns=None, other=len)
