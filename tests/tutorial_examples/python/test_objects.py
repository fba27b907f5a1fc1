"""The programs of the page on names and objects, and the checks of its exercises."""

from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/objects"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def test_swap_exchanges_objects_of_any_type():
    source = (FOLDER / "swap.py").read_text()
    left, right = [1], print
    assert '"tea"' in source
    assert '"coffee"' in source
    names = {"first": left, "second": right}
    exec(source.replace('"tea"', "first").replace('"coffee"', "second"), names)
    assert names["left"] is right
    assert names["right"] is left


def test_say_leaves_print_as_it_was(run_listing):
    done = run_listing(PAGE, "say.py")
    assert (done.returncode, done.stdout, done.stderr) == (0, "hello\nworld\n", "")
    names = {"print": lambda text: None}
    exec((FOLDER / "say.py").read_text(), names)
    assert names["say"] is names["print"]


@pytest.mark.parametrize("name", ["swap", "say", "arrows"])
def test_the_solutions_pass_their_checks(check_answer, name):
    assert check_answer(PAGE, name, (FOLDER / f"{name}.py").read_text()).outcome == "solved"


def test_the_shorter_way_to_swap_passes(check_answer):
    source = "left = 'tea'\nright = 'coffee'\nleft, right = right, left\n"
    assert check_answer(PAGE, "swap", source).outcome == "solved"


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("left = right\nright = left", "keep it by a third name before"),
        ("right = left\nleft = right", "left still refers to its first object"),
        (
            "left = 'coffee'\nright = 'tea'",
            "left is 'coffee'; expected 8 (exchange what the names refer to",
        ),
        (
            "kept = left\nleft = right\nright = 'tea'",
            "right is 'tea'; expected 7 (exchange what the names refer to",
        ),
        ("kept = left\nleft = right\nright = Kept", "raised NameError: name 'Kept'"),
        ("left == right", "left still refers to its first object"),
    ],
)
def test_wrong_swaps(check_answer, added, message):
    source = f"left = 'tea'\nright = 'coffee'\n{added}\n"
    verdict = check_answer(PAGE, "swap", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("say = print()\nprint('hello')\nprint('world')", "leave the parentheses away"),
        ("say = 'print'\nprint('hello')\nprint('world')", "say is 'print'; expected <built-in"),
        ("say = print\nsay('hello', 'world')", "expected 'hello', but it is 'hello world'"),
        ("say = print\nsay('hello')", "line 2 of the output: expected 'world', but it is nothing"),
    ],
)
def test_wrong_says(check_answer, source, message):
    verdict = check_answer(PAGE, "say", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("strings = 2", "strings = 3", "strings is 3; expected 2 (two strings were written"),
        ("strings = 2", "strings = 1", "'two' has an arrow in the end too"),
        ("strings = 2", "strings = 5", "only two of the five lines make a string"),
        ('last_a = "two"', 'last_a = "one"', "c = b moves only that of c"),
        ('last_b = "one"', 'last_b = "two"', "b refers to the string, not to the name a"),
        ('last_c = "one"', 'last_c = "two"', "to the string that b refers to"),
        ('last_a = "two"', "last_a = two", "raised NameError: name 'two' is not defined"),
    ],
)
def test_wrong_arrows(check_answer, right, wrong, message):
    source = (FOLDER / "arrows.py").read_text()
    assert source.count(right) == 1
    verdict = check_answer(PAGE, "arrows", source.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


def test_a_file_without_the_name_was_not_tried(check_answer):
    verdict = check_answer(PAGE, "say", "print('hello')\nprint('world')\n")
    assert verdict.outcome == "not tried"
    assert verdict.message == "answer.py gives no value to say"
