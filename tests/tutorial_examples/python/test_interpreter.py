"""The programs of the page on the interpreter, and the checks of its exercises."""

import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/interpreter"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def test_hello_ends_its_one_line(run_listing):
    done = run_listing(PAGE, "hello.py")
    assert (done.returncode, done.stdout, done.stderr) == (0, "hello world!\n", "")


def test_hello_documents_itself():
    done = subprocess.run(
        [sys.executable, "-B", "-c", "import hello; print(hello.__doc__)"],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Greet the world." in done.stdout


def test_the_first_try_prints_nothing(run_listing):
    done = run_listing(PAGE, "first_try.py")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_three_mistakes_come_one_at_a_time(tmp_path):
    source = (FOLDER / "broken_card.txt").read_text()
    card = tmp_path / "card.py"
    runs = []
    for wrong, right in [(":'", ':"'), ('twice"', 'twice")'), ("Print", "print")]:
        card.write_text(source)
        done = subprocess.run([sys.executable, card], capture_output=True, text=True, check=False)
        runs.append((done.stdout, done.stderr.splitlines()))
        assert source.count(wrong) == 1
        source = source.replace(wrong, right)
    [(first_out, first), (second_out, second), (third_out, third)] = runs
    assert (first_out, second_out, third_out) == ("", "", "Ada Lovelace\n")
    assert first[-1] == "SyntaxError: unterminated string literal (detected at line 4)"
    assert second[0].endswith("line 5")
    assert second[-1] == "SyntaxError: '(' was never closed"
    assert third[1].endswith("line 3, in <module>")
    assert third[-1] == "NameError: name 'Print' is not defined. Did you mean: 'print'?"

    # What is left when all three are mended is the solution, but for its first lines.
    solution = (FOLDER / "card.py").read_text()
    assert solution.partition('print("Ada')[2] == source.partition('print("Ada')[2]


@pytest.mark.parametrize("name", ["countdown", "card", "quotes"])
def test_the_solutions_pass_their_checks(check_answer, name):
    assert check_answer(PAGE, name, (FOLDER / f"{name}.py").read_text()).outcome == "solved"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("print(3, 2, 1, 'go!')", "sep says what stands between the arguments"),
        ("print(3 - 2 - 1, 'go!')", "3 - 2 - 1 is a sum"),
        ("print(3)\nprint(2)\nprint(1)\nprint('go!')", "each call of print ends its line"),
        ("3, 2, 1, 'go!'", "in a file a value is not shown by itself"),
        ("print(3, 2, 1, 'go!', sep='-')", "but it is '3-2-1-go!'"),
        ("print(3, 2, 1, go, sep=' - ')", "answer.py raised NameError: name 'go' is not defined"),
        ("print(3, 2, 1, 'go!', sep=' - '", "raised SyntaxError: '(' was never closed"),
    ],
)
def test_wrong_countdowns(check_answer, source, message):
    verdict = check_answer(PAGE, "countdown", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('"Years of practice:"', "Years of practice:", "raised SyntaxError: invalid syntax"),
        (', sep=", "', "", "keep sep"),
        ('practice:", 3 + 4', 'practice:, 3 + 4"', "only the words belong between the quotes"),
        ('print("Ada', 'Print("Ada', "raised NameError: name 'Print' is not defined"),
        ('print("Please", "ring", "twice")\n', "", "line 4 of the output: expected 'Please ring"),
    ],
)
def test_wrong_cards(check_answer, right, wrong, message):
    source = (FOLDER / "card.py").read_text()
    assert right in source
    verdict = check_answer(PAGE, "card", source.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('print("3 + 7")', "print(3 + 7)", "but it is '10' (what stands without quotes"),
        ('print("3 + 7")', '"3 + 7"', "the output: expected '3 + 7', but it is \"'3 + 7'\""),
        (
            "\"'3 + 7'\"",
            "'3 + 7'",
            "line 2 of the output: expected \"'3 + 7'\", but it is '3 + 7' (the",
        ),
        ("\"'3 + 7'\"", "'\"3 + 7\"'", "single quotes are asked for"),
        ("\"'3 + 7'\"", "''3 + 7''", "raised SyntaxError: invalid syntax"),
        ('"print(3 + 7)"', "print(3 + 7)", "line 3 of the output: expected 'print(3 + 7)'"),
        ('print("print(3 + 7)")', '"print(3 + 7)"', "but it is nothing (in a file a value"),
    ],
)
def test_wrong_quotes(check_answer, right, wrong, message):
    source = (FOLDER / "quotes.py").read_text()
    assert source.count(right) == 1
    verdict = check_answer(PAGE, "quotes", source.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
