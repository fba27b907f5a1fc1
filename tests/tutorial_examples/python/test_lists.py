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


@pytest.mark.parametrize(
    ("exercise", "solution"),
    [("queue", "requeue.py"), ("board", "new_board.py"), ("best", "three_best.py")],
)
def test_the_solutions_pass_their_checks(check_answer, exercise, solution):
    source = (FOLDER / solution).read_text(encoding="utf-8")
    assert check_answer("python/lists", exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return queue[1:] + queue[:1]", "expected None (this is a new list; change the one"),
        ("queue = queue[1:] + [queue[0]]", "requeue(['Ann', 'Bob', 'Cleo']) must change its first"),
        ("queue.append(queue.pop())", "expected ['Bob', 'Cleo', 'Ann']"),
        ("queue.append(queue.pop(0)); return queue[-1]", "returned 'Ann'; expected None (end with"),
        ("queue.remove('Ann'); queue.append('Ann')", "requeue([1, 2, 1, 3]) raised ValueError"),
    ],
)
def test_wrong_queues(check_answer, body, message):
    verdict = check_answer("python/lists", "queue", f"def requeue(queue):\n    {body}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def new_board():\n    return [[' '] * 3] * 3\n", "the rows are one list"),
        ("def new_board():\n    return [' '] * 9\n", "new_board() returned [' ', ' ', "),
        ("def new_board():\n    print([[' '] * 3 for n in range(3)])\n", "it printed the answer"),
        (
            "board = [[' '] * 3 for n in range(3)]\ndef new_board():\n    return board\n",
            "make the rows inside the function",
        ),
        ("new_board = [[' '] * 3 for n in range(3)]\n", "new_board is a list, not a function"),
    ],
)
def test_wrong_boards(check_answer, source, message):
    verdict = check_answer("python/lists", "board", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


READ_SCORES = """
scores = []
while True:
    try:
        scores.append(READ)
    except EOFError:
        break
print(BEST)
"""


@pytest.mark.parametrize(
    ("read", "best", "message"),
    [
        ("input()", "sorted(scores, reverse=True)[:3]", "int makes a number of each"),
        ("int(input())", "sorted(scores)[-3:]", "the best comes first"),
        ("int(input())", "sorted(scores, reverse=True)[:2]", "ends with '[31, 18]'; expected"),
        ("int(input())", "scores.sort(reverse=True)", "ends with 'None'; expected [31, 18, 12]"),
        ("int(input())", "sorted(set(scores), reverse=True)[:3]", "expected [40, 40, 30]"),
        (
            "int(input())",
            "[scores.pop(scores.index(max(scores))) for n in range(3)]",
            "raised ValueError: max()",
        ),
    ],
)
def test_wrong_bests(check_answer, read, best, message):
    source = READ_SCORES.replace("READ", read).replace("BEST", best)
    verdict = check_answer("python/lists", "best", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


def test_bests_may_have_prompts_or_none(check_answer):
    source = READ_SCORES.replace("BEST", "'The best are', sorted(scores, reverse=True)[:3]")
    for read in ("int(input())", "int(input('Next: '))"):
        verdict = check_answer("python/lists", "best", source.replace("READ", read))
        assert verdict.outcome == "solved"
