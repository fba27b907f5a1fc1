"""The functions of the page on strings, and the checks of its exercises."""

import runpy
from pathlib import Path

import pytest

import tutorial_examples
from exercise_checks.checking import check_in_own_process

PAGE = "python/strings"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("12345", "*2345"),
        ("1234", "1234"),
        ("234", "234"),
        ("", ""),
        ("1234 5678", "*****5678"),
    ],
)
def test_masked(number, shown):
    assert runpy.run_path(str(FOLDER / "masked.py"))["masked"](number) == shown


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("", True),
        ("  ", True),
        ("x", True),
        ("Xx", True),
        ("xy", False),
        ("été", True),
        ("Never odd, or even", False),
    ],
)
def test_is_palindrome(text, is_one):
    assert runpy.run_path(str(FOLDER / "palindrome.py"))["is_palindrome"](text) is is_one


def check(tmp_path, exercise, answer):
    file = tmp_path / "my_strings.py"
    file.write_text(answer, encoding="utf-8")
    (verdict,) = check_in_own_process(PAGE, file, exercise)
    return verdict


@pytest.mark.parametrize("exercise", ["names", "masked", "palindrome"])
def test_the_solution_shown_passes(tmp_path, exercise):
    shown = (FOLDER / f"{exercise}.py").read_text(encoding="utf-8")
    verdict = check(tmp_path, exercise, shown)
    assert (verdict.outcome, verdict.message) == ("solved", "")


@pytest.mark.parametrize(
    ("a", "b", "strings", "nameless", "help_given"),
    [
        ("tea", "tea", 4, 2, "the third line assigns a anew"),
        ("TEA", "tea", 4, 2, "+ '!' makes another string"),
        ("tea!", "tea", 4, 2, "+ takes the string that upper returns"),
        ("TEA!", "TEA!", 4, 2, "b is 'TEA!'; expected 'tea' (no string changes"),
        ("TEA!", "tea", 2, 0, "count those that never had a name, too"),
        ("TEA!", "tea", 3, 1, "'!', which is a string as well"),
        ("TEA!", "tea", 5, 2, "b = a makes no string"),
        ("TEA!", "tea", 4, 0, "used for + and gets no name"),
        ("TEA!", "tea", 4, 1, "nameless is 1; expected 2"),
        ("TEA!", "tea", 4, 3, "'tea' and 'TEA!' have names"),
    ],
)
def test_wrong_predictions_of_names(check_answer, a, b, strings, nameless, help_given):
    source = f"a = {a!r}\nb = {b!r}\nstrings = {strings}\nnameless = {nameless}\n"
    verdict = check_answer(PAGE, "names", source)
    assert verdict.outcome == "not as expected"
    assert help_given in verdict.message


WRONG = [
    ("masked", '"*" * 12 + number[-4:]', "the numbers differ in length: len(number) tells"),
    ("masked", '"*" * len(number) + number[-4:]', "so there are four stars fewer"),
    ("masked", '"*" * (len(number) - 4) + number[-4]', "[-4:] is all from there to the end"),
    ("masked", "number[-4:]", "the stars are missing"),
    ("masked", 'print("*" * (len(number) - 4) + number[-4:])', "return it instead"),
    ("palindrome", "text == text[::-1]", "lower() makes them alike"),
    ("palindrome", "text.lower() == text.lower()[::-1]", "the spaces count in this comparison"),
    ("palindrome", "text == reversed(text)", "text[::-1] is a string"),
    ("palindrome", "text[0].lower() == text[-1].lower()", "compare all characters"),
]


@pytest.mark.parametrize(("exercise", "returned", "help_given"), WRONG)
def test_a_wrong_answer_is_told_what_to_think_about(tmp_path, exercise, returned, help_given):
    frame = {"masked": "def masked(number):", "palindrome": "def is_palindrome(text):"}[exercise]
    verdict = check(tmp_path, exercise, f"{frame}\n    return {returned}\n")
    assert verdict.outcome == "not as expected"
    assert help_given in verdict.message


def test_a_method_whose_result_is_dropped(tmp_path):
    answer = "def is_palindrome(text):\n    text.lower()\n    return text == text[::-1]\n"
    verdict = check(tmp_path, "palindrome", answer)
    assert verdict.message.startswith("is_palindrome('Anna') returned False; expected True")
    assert "name or use what it returns" in verdict.message


def test_a_string_that_is_to_change(tmp_path):
    answer = 'def masked(number):\n    number[0] = "*"\n    return number\n'
    verdict = check(tmp_path, "masked", answer)
    assert "'str' object does not support item assignment at my_strings.py:2" in verdict.message
