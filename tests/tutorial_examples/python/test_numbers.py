"""The programs of the page on numbers, and the checks of its exercises."""

from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/numbers"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def names_of(listing, line, other_line):
    source = (FOLDER / listing).read_text()
    assert source.count(line) == 1
    names = {}
    exec(source.replace(line, other_line), names)
    return names


@pytest.mark.parametrize(
    ("seconds", "clock"),
    [
        (0, (0, 0, 0)),
        (59, (0, 0, 59)),
        (60, (0, 1, 0)),
        (3599, (0, 59, 59)),
        (3600, (1, 0, 0)),
        (10**18, (277777777777777, 46, 40)),
    ],
)
def test_clock(seconds, clock):
    names = names_of("clock.py", "seconds = 98765", f"seconds = {seconds}")
    assert (names["hours"], names["minutes"], names["rest"]) == clock


@pytest.mark.parametrize(
    ("price", "cents"),
    [
        ("0.0", 0),
        ("0.29", 29),
        ("1.1", 110),
        ("4.35", 435),
        ("-19.99", -1999),
        ("20", 2000),
        ("1234567.89", 123456789),
    ],
)
def test_cents(price, cents):
    names = names_of("cents.py", "price = 19.99", f"price = {price}")
    assert names["cents"] == cents
    assert type(names["cents"]) is int


@pytest.mark.parametrize(
    ("name", "listing"),
    [("clock", "clock.py"), ("cents", "cents.py"), ("types", "predictions.py")],
)
def test_the_solutions_pass_their_checks(check_answer, name, listing):
    assert check_answer(PAGE, name, (FOLDER / listing).read_text()).outcome == "solved"


def test_other_ways_pass(check_answer):
    clock = """
seconds = 98765
hours, minutes = divmod(seconds, 3600)
minutes, rest = divmod(minutes, 60)
"""
    assert check_answer(PAGE, "clock", clock).outcome == "solved"
    cents = "price = 19.99\ncents = int(price * 100 + 0.5)\n"
    assert check_answer(PAGE, "cents", cents).outcome == "solved"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("seconds // 3600", "seconds / 3600", "/ gives a float; // rounds down"),
        ("seconds % 3600 // 60", "seconds % 3600 / 60", "/ gives a float; // rounds down"),
        ("seconds % 3600 // 60", "seconds // 60", "these are all the minutes"),
        ("seconds % 60", "seconds % 3600", "rest is 1565; expected 5 (these are left after"),
        ("seconds // 3600", "27", "with seconds = 59 at the beginning, hours is 27; expected 0"),
        ("seconds // 3600", "second // 3600", "raised NameError: name 'second' is not defined"),
        ("seconds = 98765", "seconds = '98765'", "raised TypeError"),
    ],
)
def test_wrong_clocks(check_answer, right, wrong, message):
    source = (FOLDER / "clock.py").read_text()
    assert right in source
    verdict = check_answer(PAGE, "clock", source.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("cents", "message"),
    [
        ("int(price * 100)", "int cuts off"),
        ("price * 100", "round gives the nearest integer"),
        ("round(price * 100, 0)", "round(...) without a second argument gives one"),
        ("int(price * 100) + 1", "with price = 4.2 at the beginning, cents is 421; expected 420"),
        ("1999", "with price = 4.2 at the beginning, cents is 1999; expected 420"),
        ("int(price) * 100", "cents is 1900; expected 1999"),
        ("int('19.99') * 100", "raised ValueError: invalid literal for int() with base 10"),
    ],
)
def test_wrong_cents(check_answer, cents, message):
    verdict = check_answer(PAGE, "cents", f"price = 19.99\ncents = {cents}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("= 2.0", "= 2", "divided is 2; expected 2.0 (/ gives a float, even where"),
        ("= 3.0", "= 3", "floored is 3; expected 3.0 (where an int meets a float"),
        ("= 3.0", "= 3.5", "// rounds down to a whole number"),
        ("= 0.5", "= -2", "1 divided by the number"),
        ("= 0.5", "= 0", "as / divides"),
        ("= 14", '= "77"', "int makes a number of the text"),
        ('= "77"', "= 14", "repeated is 14; expected '77' (text that consists of digits"),
        ('= "77"', "= 77", "write it in quotes"),
    ],
)
def test_wrong_types(check_answer, right, wrong, message):
    source = (FOLDER / "predictions.py").read_text()
    assert source.count(right) == 1
    verdict = check_answer(PAGE, "types", source.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
