"""The programs of the page on input, and the checks of its exercises."""

from datetime import date
from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/input"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def printed_by(done):
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


@pytest.mark.parametrize("distance", [0, 26, -4, 2000])
def test_years_ago(run_listing, distance):
    year = date.today().year - distance
    printed = printed_by(run_listing(PAGE, "years_ago.py", typed=f"Ann B.\n  {year}\n"))
    question = "What's your name?\n> Please enter a year.\n> "
    # The year may have changed since it was looked up.
    assert printed in [
        f"{question}Hi Ann B.! The year {year} was {years} years ago.\n"
        for years in (distance, distance + 1)
    ]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "EOFError: EOF when reading a line"),
        ("Ann\n", "EOFError: EOF when reading a line"),
        ("Ann\n\n", "ValueError: invalid literal for int() with base 10: ''"),
        ("Ann\n2OOO\n", "ValueError: invalid literal for int() with base 10: '2OOO'"),
    ],
)
def test_years_ago_needs_both_answers(run_listing, typed, error):
    done = run_listing(PAGE, "years_ago.py", typed=typed)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == error


@pytest.mark.parametrize(
    ("typed", "total"),
    [("", "0.0"), ("7\n", "7.0"), ("-1\n1e3\n", "999.0"), (" 2 \n0.5", "2.5")],
)
def test_total(run_listing, typed, total):
    printed = printed_by(run_listing(PAGE, "total.py", typed=typed))
    assert printed.replace("Number: ", "") == f"\nTotal: {total}\n"


def test_total_takes_no_empty_line(run_listing):
    done = run_listing(PAGE, "total.py", typed="1\n\n")
    assert done.stderr.endswith("ValueError: could not convert string to float: ''\n")


@pytest.mark.parametrize("name", ["area", "mean", "backwards"])
def test_the_solutions_pass_their_checks(check_answer, name):
    assert check_answer(PAGE, name, (FOLDER / f"{name}.py").read_text()).outcome == "solved"


def test_other_ways_pass(check_answer):
    mean = """
line = input('Numbers: ')
numbers = []
for word in line.split():
    numbers.append(float(word))
print(f'Mean: {sum(numbers) / len(numbers)}')
"""
    assert check_answer(PAGE, "mean", mean).outcome == "solved"
    backwards = """
lines = []
try:
    while True:
        lines.insert(0, input('Line: '))
except EOFError:
    print('\\n' + '\\n'.join(lines))
"""
    assert check_answer(PAGE, "backwards", backwards).outcome == "solved"


def expect_failure(verdict, message):
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("convert", "result", "message"),
    [
        ("str", "width * height", "non-int of type 'str' at answer.py:3 when ['2.5', '4'] is"),
        ("str", "width * height", "(input returns strings; make a number of each)"),
        ("int", "width * height", "base 10: '2.5' at answer.py:1"),
        ("int", "width * height", "(int takes no point; float does)"),
        ("float", "width + height", "'Area: 10.0' at its end (this is the sum of the two)"),
        ("float", "2 * (width + height)", "the way around it"),
        ("float", "int(width * height)", "'Width: Height: Area: 10'; expected 'Area: 10.0'"),
        ("float", "10.0", "expected 'Area: 1.5'"),
    ],
)
def test_wrong_areas(check_answer, convert, result, message):
    source = f"""width = {convert}(input('Width: '))
height = {convert}(input('Height: '))
print('Area:', {result})
"""
    expect_failure(check_answer(PAGE, "area", source), message)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("print(float(input('Width: ')) * float(input('Height: ')))", "expected 'Area: 10.0'"),
        (
            "width, height = input('Width: ')\nprint('Area:', float(width) * float(height))",
            "raised ValueError: too many values to unpack",
        ),
        (
            "w = float(input('Width: '))\nh = float(input())\ninput()\nprint('Area:', w * h)",
            "(ask twice, for the width and for the height)",
        ),
    ],
)
def test_other_wrong_areas(check_answer, source, message):
    expect_failure(check_answer(PAGE, "area", source), message)


@pytest.mark.parametrize(
    ("numbers", "mean", "message"),
    [
        ("line.split()", "sum(numbers) / len(numbers)", "(sum adds numbers; make one of each"),
        ("[float(line)]", "sum(numbers)", "(split makes words of the line)"),
        ("[int(line)]", "sum(numbers)", "(split makes words of the line)"),
        (
            "[float(word) for word in line.split(' ')]",
            "sum(numbers) / len(numbers)",
            "(split() cuts wherever there is space; split(' ') cuts at each space)",
        ),
        (
            "[int(word) for word in line.split()]",
            "sum(numbers) / len(numbers)",
            "base 10: '1.5' at answer.py:2",
        ),
        (
            "[float(word) for word in line.split()]",
            "sum(numbers)",
            "(divide the sum by how many there are)",
        ),
        (
            "[float(word) for word in line.split()]",
            "sum(numbers) / 3",
            "expected 'Mean: 1.75' at its end",
        ),
    ],
)
def test_wrong_means(check_answer, numbers, mean, message):
    source = f"line = input('Numbers: ')\nnumbers = {numbers}\nprint('Mean:', {mean})\n"
    expect_failure(check_answer(PAGE, "mean", source), message)


def test_a_mean_that_asks_for_more_lines(check_answer):
    source = "a = float(input('Numbers: '))\nb = float(input())\nprint('Mean:', (a + b) / 2)\n"
    expect_failure(check_answer(PAGE, "mean", source), "(split makes words of the line)")


BACKWARDS = """
lines = []
while True:
    try:
        KEEP
    except EOFError:
        break
SHOW
"""


@pytest.mark.parametrize(
    ("keep", "show", "message"),
    [
        ("lines.append(input('Line: '))", "print('\\n'.join(lines))", "(the last line comes first"),
        (
            "lines.append(input('Line: '))",
            "print('\\n'.join(sorted(lines, reverse=True)))",
            "when ['one', 'two', 'three'] is typed, ['two', 'three', 'one'] was printed",
        ),
        ("lines.append(input('Line: '))", "print(lines[::-1])", "not the list)"),
        (
            "lines.append(input('Line: ')[::-1])",
            "print('\\n'.join(lines[::-1]))",
            "(each line is to stay as it is)",
        ),
        (
            "lines.append(input('Line: '))",
            "print('\\n'.join(lines.reverse()))",
            "raised TypeError: can only join an iterable",
        ),
    ],
)
def test_wrong_backwards(check_answer, keep, show, message):
    source = BACKWARDS.replace("KEEP", keep).replace("SHOW", show)
    expect_failure(check_answer(PAGE, "backwards", source), message)


def test_backwards_without_an_end(check_answer):
    source = "lines = []\nwhile True:\n    lines.append(input('Line: '))\n"
    expect_failure(check_answer(PAGE, "backwards", source), "except EOFError: says what to do)")
