"""The programs of the page on modules, with what the page does not show."""

import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/modules"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def evaluate(expression, module):
    """What an expression prints after the import of a module, in the page's folder."""
    program = f"import {module}; print({expression})"
    done = subprocess.run(
        [sys.executable, "-B", "-c", program],
        cwd=FOLDER,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout.strip() or done.stderr.splitlines()[-1]


@pytest.mark.parametrize(("net", "gross"), [(0, "0"), (1, "1"), (5, "6"), (-500, "-600")])
def test_gross_keeps_whole_cents(net, gross):
    assert evaluate(f"prices.gross({net})", "prices") == gross


def test_prices_ends_on_what_is_no_number(run_listing):
    done = run_listing(PAGE, "prices.py", typed="five\n")
    assert done.returncode == 1
    assert done.stderr.endswith("ValueError: invalid literal for int() with base 10: 'five'\n")


@pytest.mark.parametrize(
    ("items", "total"), [("", "0"), ("apple", "40"), ("bread apple bread", "680")]
)
def test_the_till(items, total):
    assert evaluate(f"shop.till.total({items.split()})", "shop.till") == total


def test_the_till_knows_no_pears(run_listing):
    assert evaluate("shop.till.total(['pear'])", "shop.till") == "KeyError: 'pear'"
    done = run_listing(PAGE, "-m", "shop", typed="pear\n")
    assert done.stderr.endswith("KeyError: 'pear'\n")


@pytest.mark.parametrize("module", ["library.members", "library.loans"])
def test_the_circle_fails_whichever_comes_first(module):
    assert "most likely due to a circular import" in evaluate("None", module)


def test_the_names_that_were_hidden_are_there_in_another_folder():
    assert evaluate("calendar.isleap(2028)", "calendar") == "True"


def test_temperature_is_silent_when_imported():
    assert evaluate("temperature.fahrenheit(-40)", "temperature") == "-40.0"


@pytest.mark.parametrize(
    ("exercise", "solution"), [("guard", "temperature.py"), ("public", "public_names.py")]
)
def test_the_solutions_pass_their_checks(check_answer, exercise, solution):
    source = (FOLDER / solution).read_text(encoding="utf-8")
    assert check_answer(PAGE, exercise, source).outcome == "solved"


FUNCTION = "def fahrenheit(celsius):\n    return celsius * 9 / 5 + 32\n"
GUARD = "if __name__ == '__main__':\n    "


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (f"{FUNCTION}print(fahrenheit(float(input())))\n", "put that part below if __name__"),
        (FUNCTION, "ends with ''; expected '68.0' (below if __name__"),
        (f"{FUNCTION}{GUARD}fahrenheit(float(input()))\n", "ends with ''; expected '68.0'"),
        (
            f"{FUNCTION}{GUARD}print(fahrenheit(int(input())))\n",
            "raised ValueError: invalid literal for int() with base 10: '12.5'",
        ),
        (FUNCTION.replace("/", "//"), "returned 212; expected 212.0 (use /"),
        (FUNCTION.replace("return ", "print(").replace("32", "32)"), "return it instead"),
        (f"{FUNCTION}if __name__ == 'main':\n    print(1)\n", "ends with ''; expected '68.0'"),
    ],
)
def test_wrong_guards(check_answer, source, message):
    verdict = check_answer(PAGE, "guard", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize("prompt", ["", "Celsius: ", "Celsius:"])
def test_guards_may_have_any_prompt(check_answer, prompt):
    source = f"{FUNCTION}{GUARD}print(fahrenheit(float(input({prompt!r}))))\n"
    assert check_answer(PAGE, "guard", source).outcome == "solved"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return dir(module)", "leave out the names that begin with"),
        ("return [n for n in dir(module) if not n.startswith('__')]", "one underscore at the"),
        ("return [n for n in dir(module) if '_' not in n]", "an underscore within a name"),
        (
            "return [n for n in vars(module) if not n.startswith('_')]",
            "expected ['an_owl', 'ball', 'robot', 'top_'] (sort the list)",
        ),
        ("print(dir(module))", "is there a return?"),
        ("return sorted(n for n in dir() if n[0] != '_')", "returned ['module']"),
    ],
)
def test_wrong_public_names(check_answer, body, message):
    verdict = check_answer(PAGE, "public", f"def public_names(module):\n    {body}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
