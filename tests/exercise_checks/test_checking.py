"""The messages that readers get for their answers, from a page of exercises made for this test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import exercise_checks
from exercise_checks.checking import check_in_own_process
from exercise_checks.exercises import Verdict, pages_with_exercises

CHECKS = """\
from exercise_checks.exercises import exercise, program_exercise

@exercise
def check_rotate(attempt):
    rotate = attempt.function("rotate", "rotate(items, steps)")
    rotate.expect([1, 2, 3], 1, returns=[3, 1, 2], hints={"[2, 3, 1]": "that is the other way"})
    rotate.expect_error(ValueError, [1], -1)

@exercise
def check_clear(attempt):
    attempt.function("clear", "clear(items)").expect([1, 2], leaves=[])

@exercise
def check_greet(attempt):
    attempt.function("greet", "greet(name)").expect("Ada", prints="Hello, Ada")

@program_exercise
def check_double(attempt):
    attempt.expect_output("Number: 4\\nNumber: \\n", typed=["2"])
"""
GOOD_ROTATE = """\
def rotate(items, steps):
    if steps < 0:
        raise ValueError(steps)
    return items[-steps:] + items[:-steps]
"""


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A page with four exercises, found beside the real ones."""
    part = tmp_path / "checks" / "trial"
    part.mkdir(parents=True)
    (part / "page.py").write_text(CHECKS)
    path = f"{tmp_path / 'checks'}"
    (tmp_path / "site").mkdir()
    extend = f"import exercise_checks; exercise_checks.__path__.append({path!r})\n"
    (tmp_path / "site" / "sitecustomize.py").write_text(extend)
    source = str(Path(exercise_checks.__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "site"), source]))
    monkeypatch.setattr(exercise_checks, "__path__", [*exercise_checks.__path__, path])
    yield "trial/page"
    for name in [name for name in sys.modules if name.startswith("exercise_checks.trial")]:
        del sys.modules[name]


def verdicts(
    page: str, tmp_path: Path, answer: str, only: str | None = None, seconds: float = 30
) -> dict[str, Verdict]:
    path = tmp_path / "my_answer.py"
    path.write_text(answer)
    return {
        verdict.exercise: verdict for verdict in check_in_own_process(page, path, only, seconds)
    }


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            "def rotate(items, steps): return items",
            "rotate([1, 2, 3], 1) returned [1, 2, 3]; expected [3, 1, 2]",
        ),
        (
            "def rotate(items, steps): return items[steps:] + items[:steps]",
            "rotate([1, 2, 3], 1) returned [2, 3, 1]; expected [3, 1, 2] (that is the other way)",
        ),
        (
            "def rotate(items, steps): print(items[-steps:] + items[:-steps])",
            (
                "rotate([1, 2, 3], 1) returned None; expected [3, 1, 2]"
                " (it printed the answer; return it instead)"
            ),
        ),
        (
            "def rotate(items, steps): items.rotate(steps)",
            (
                "rotate([1, 2, 3], 1) raised AttributeError:"
                " 'list' object has no attribute 'rotate' at my_answer.py:1"
            ),
        ),
        (
            "def rotate(items, steps):\n    items.insert(0, items.pop())\n    return items",
            (
                "rotate([1, 2, 3], 1) must not change its first argument: it was [1, 2, 3] before,"
                " it is [3, 1, 2] after; expected [1, 2, 3]"
            ),
        ),
        (
            "def rotate(items, steps): return items[-steps:] + items[:-steps]",
            "rotate([1], -1) returned [1]; expected it to raise ValueError",
        ),
        (
            "def rotate(items, steps): return tuple(items[-steps:] + items[:-steps])",
            "rotate([1, 2, 3], 1) returned (3, 1, 2); expected [3, 1, 2]",
        ),
        ("rotate = [3, 1, 2]", "rotate is a list, not a function; write def rotate(items, steps):"),
        (
            "def rotate(items",
            "my_answer.py raised SyntaxError: '(' was never closed at my_answer.py:1",
        ),
    ],
)
def test_wrong_answer_gets_a_message_that_helps(
    page: str, tmp_path: Path, answer: str, message: str
) -> None:
    verdict = verdicts(page, tmp_path, answer)["rotate"]
    assert verdict == Verdict("rotate", "not as expected", message)


def test_right_answers_are_solved_and_missing_ones_not_tried(page: str, tmp_path: Path) -> None:
    found = verdicts(page, tmp_path, GOOD_ROTATE + "def clear(items): items.clear()\n")
    assert found["rotate"].outcome == "solved"
    assert found["clear"].outcome == "solved"
    assert found["greet"] == Verdict(
        "greet", "not tried", "my_answer.py defines no greet; the exercise asks for greet(name)"
    )
    assert found["double"].outcome == "not tried"


def test_change_in_place_is_expected(page: str, tmp_path: Path) -> None:
    found = verdicts(page, tmp_path, "def clear(items):\n    items = []\n")["clear"]
    assert "must change its first argument" in found.message
    assert "it is [1, 2] after; expected []" in found.message


def test_what_a_function_prints_is_compared(page: str, tmp_path: Path) -> None:
    found = verdicts(page, tmp_path, "def greet(name): print('Hello', name)")["greet"]
    assert found.message == "greet('Ada') printed 'Hello Ada\\n'; expected 'Hello, Ada'"


def test_program_is_run_with_typed_lines(page: str, tmp_path: Path) -> None:
    good = "print(f'{2 * int(input(\"Number: \"))}')\nprint('Number: ')\n"
    assert verdicts(page, tmp_path, good)["double"].outcome == "solved"
    wrong = verdicts(page, tmp_path, "print(2 * input('Number: '))", only="double")["double"]
    assert wrong.message == (
        "line 1 of the output when ['2'] is typed: expected 'Number: 4', but it is 'Number: 22'"
    )
    missing = verdicts(page, tmp_path, "print('Number: 4')", only="double")["double"]
    assert missing.message.endswith("expected 'Number: ', but it is nothing")
    greedy = verdicts(page, tmp_path, "while True: input('Number: ')", only="double")["double"]
    assert "raised EOFError: EOF when reading a line at my_answer.py:1" in greedy.message


def test_function_in_a_file_that_asks_for_input_is_not_reached(page: str, tmp_path: Path) -> None:
    found = verdicts(page, tmp_path, "name = input()\n" + GOOD_ROTATE, only="rotate")["rotate"]
    assert found.outcome == "not as expected"
    assert found.message == (
        "the file asks for input as soon as it is imported;"
        " put that part below if __name__ == '__main__':"
    )


def test_endless_answer_is_ended_and_named(page: str, tmp_path: Path) -> None:
    answer = "def rotate(items, steps):\n    while True: pass\n"
    found = verdicts(page, tmp_path, answer, seconds=5)["rotate"]
    assert found.message == "no end within 5 seconds, while calling rotate([1, 2, 3], 1)"


def test_answers_before_an_endless_one_keep_their_verdicts(page: str, tmp_path: Path) -> None:
    answer = GOOD_ROTATE + "def clear(items):\n    while True: pass\n"
    found = verdicts(page, tmp_path, answer, seconds=5)
    assert found["rotate"].outcome == "solved"
    assert found["clear"].message == "no end within 5 seconds, while calling clear([1, 2])"


def test_answer_that_ends_python_is_named(page: str, tmp_path: Path) -> None:
    found = verdicts(page, tmp_path, "import os\nos._exit(3)")["rotate"]
    assert found.message == "my_answer.py ended Python itself: 3, while importing my_answer.py"


def test_answer_that_leaves_with_sys_exit_is_checked(page: str, tmp_path: Path) -> None:
    found = verdicts(page, tmp_path, GOOD_ROTATE + "import sys\nsys.exit(1)\n")
    assert found["rotate"].outcome == "solved"


def test_answer_may_import_its_neighbours(page: str, tmp_path: Path) -> None:
    (tmp_path / "turning.py").write_text(GOOD_ROTATE)
    assert verdicts(page, tmp_path, "from turning import rotate")["rotate"].outcome == "solved"


@pytest.mark.parametrize(
    ("name", "outcomes"),
    [
        ("my_server.py", ["solved", "not tried"]),
        ("client_of_ada.py", ["not tried", "not as expected"]),
        ("server_and_client.py", ["not tried", "not tried"]),
        ("observer.py", ["not tried", "not tried"]),
    ],
)
def test_file_is_checked_for_the_program_that_it_is_named_after(
    page: str, tmp_path: Path, name: str, outcomes: list[str]
) -> None:
    checks = Path(exercise_checks.__path__[-1]) / "trial" / "page.py"
    checks.write_text(
        "from exercise_checks.exercises import program_exercise\n"
        "@program_exercise\ndef check_server(attempt): attempt.expect_output('serving')\n"
        "@program_exercise\ndef check_client(attempt): attempt.expect_output('calling')\n"
    )
    (tmp_path / name).write_text("print('serving')")
    found = check_in_own_process(page, tmp_path / name)
    assert [verdict.outcome for verdict in found] == outcomes


def test_unknown_exercise_and_page_are_named(page: str, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="no exercise turn; it has rotate, clear, greet, double"):
        verdicts(page, tmp_path, GOOD_ROTATE, only="turn")
    with pytest.raises(LookupError, match="trial/pages has no exercises"):
        verdicts("trial/pages", tmp_path, GOOD_ROTATE)


def test_command_says_what_to_do(tmp_path: Path) -> None:
    def check(*arguments: str) -> subprocess.CompletedProcess[str]:
        source = str(Path(exercise_checks.__file__).parents[1])
        return subprocess.run(
            [sys.executable, "-m", "tutorial_examples", "check", *arguments],
            env={**os.environ, "PYTHONPATH": source},
            capture_output=True,
            text=True,
            check=False,
        )

    page = next(iter(pages_with_exercises()), "python/lists")
    missing = check(page, str(tmp_path / "none.py"))
    assert missing.returncode == 2
    assert missing.stderr.strip().endswith("none.py: No such file or directory")
    misspelt = check(page + "x", str(tmp_path / "none.py"))
    assert misspelt.returncode == 2
    assert "there is no page with exercises to check named" in misspelt.stderr
    assert page in misspelt.stderr
    empty = tmp_path / "empty.py"
    empty.write_text("")
    untried = check(page, str(empty))
    assert untried.returncode == 1
