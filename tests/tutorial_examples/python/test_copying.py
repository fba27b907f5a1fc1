"""The programs of the page on copying, with input that the page does not show."""

import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

FOLDER = Path(tutorial_examples.__file__).parent / "python" / "copying"
PAGE = "python/copying"


DEEP_SEAT = """
from copy import deepcopy

def seat(tables, table, guest):
    tables = deepcopy(tables)
    tables.setdefault(table, []).append(guest)
    return tables
"""


def seatings(program, typed):
    done = subprocess.run(
        [sys.executable, program], input=typed, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.replace("Seat: ", "").splitlines()[:-1]


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("undo\n", "{}"),
        ("door Ann\nundo\nundo\n", "{}"),
        ("door Ann\nwindow Bob\ndoor Cleo\nundo\nundo\n", "{'door': ['Ann']}"),
        ("door Ann\nundo\nwindow Bob\nundo\n", "{}"),
        ("door Ann\n\ndoor\nundo\n", "{}"),
        ("door Mary Ann\n", "{'door': ['Mary Ann']}"),
    ],
)
def test_seating(typed, last):
    assert seatings(FOLDER / "seating.py", typed)[-1] == last


def test_seating_needs_a_deep_copy(tmp_path):
    program = tmp_path / "seating.py"
    source = (FOLDER / "seating.py").read_text(encoding="utf-8")
    assert "deepcopy(tables)" in source
    program.write_text(source.replace("deepcopy(tables)", "tables.copy()"), encoding="utf-8")
    seated = seatings(program, "door Ann\ndoor Bob\nundo\n")
    assert seated[-1] == "{'door': ['Ann', 'Bob']}"


@pytest.mark.parametrize(
    ("exercise", "source"),
    [
        ("predict", "b = [[1, 9], [2]]\nc = [[1], [2]]\n"),
        ("rows", (FOLDER / "copy_rows.py").read_text(encoding="utf-8")),
        ("rows", "from copy import deepcopy as copy_rows\n"),
        ("seat", (FOLDER / "seat.py").read_text(encoding="utf-8")),
        ("seat", DEEP_SEAT),
    ],
)
def test_right_answers_pass_their_checks(check_answer, exercise, source):
    assert check_answer(PAGE, exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("b", "c", "message"),
    [
        ("[[1], [2]]", "[[1], [2]]", "a[0] and b[0] are one list"),
        ("[[1, 9], [8]]", "[[1], [2]]", "b has arrows of its own"),
        ("[[1], [8]]", "[[1], [2]]", "a[1] = [8] changes a alone"),
        ("[[1, 9], [2]]", "[[1, 9], [8]]", "c is [[1, 9], [8]]; expected [[1], [2]] (c is a deep"),
    ],
)
def test_wrong_predictions(check_answer, b, c, message):
    verdict = check_answer(PAGE, "predict", f"b = {b}\nc = {c}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("grid", "returned grid itself; expected a new list"),
        ("grid.copy()", "new[0] is grid[0]; expected a new row"),
        ("[row for row in grid]", "the list is new, but its rows are shared; copy each"),
        ("[row.copy for row in grid]", "copy_rows([['X', ' '], [' ', 'O']]) returned [<built-in"),
        ("[element for row in grid for element in row]", "returned ['X', ' ', ' ', 'O']; expected"),
        ("[tuple(row) for row in grid]", "returned [('X', ' '), (' ', 'O')]; expected"),
    ],
)
def test_wrong_rows(check_answer, result, message):
    verdict = check_answer(PAGE, "rows", f"def copy_rows(grid):\n    return {result}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


SEAT = """
def seat(tables, table, guest):
    new = COPY
    LINE
    return new
"""
RIGHT_LINE = "new[table] = new.get(table, []) + [guest]"


@pytest.mark.parametrize(
    ("copied", "line", "message"),
    [
        ("tables", RIGHT_LINE, "must not change its first argument"),
        ("tables.copy()", "new.setdefault(table, []).append(guest)", "must not change its first"),
        ("tables.copy()", "new[table].append(guest)", "must not change its first"),
        ("tables.copy()", "new.get(table, []) + [guest]", "the guest has no seat in what was retu"),
        ("tables.copy()", "new[table] = [guest]", "Ann has lost her seat"),
        ("tables.copy()", "new[table] = new.get(table, []).append(guest)", "append changes a list"),
        ("tables.copy()", "new[table] = new[table] + [guest]", "raised KeyError: 'window'"),
        ("{}", RIGHT_LINE, "Ann has lost her seat"),
    ],
)
def test_wrong_seats(check_answer, copied, line, message):
    source = SEAT.replace("COPY", copied).replace("LINE", line)
    verdict = check_answer(PAGE, "seat", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
