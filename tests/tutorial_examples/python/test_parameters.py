"""The functions of the page on parameters, with arguments that the page does not show."""

from pathlib import Path

import pytest

import tutorial_examples
from tutorial_examples.python.parameters.remember import remember
from tutorial_examples.python.parameters.tag import tag

FOLDER = Path(tutorial_examples.__file__).parent / "python" / "parameters"
PAGE = "python/parameters"


def test_remembered_entries_stay_apart():
    first = remember("a")
    assert remember("b", log=first) is first
    assert remember("c") == ["c"]
    assert first == ["a", "b"]


@pytest.mark.parametrize(
    ("arguments", "attributes", "written"),
    [
        (("br", ""), {}, "<br></br>"),
        (("p", "a < b"), {}, "<p>a < b</p>"),
        (("p", ""), {"id": ""}, '<p id=""></p>'),
        (("p", "x"), {"text": "y", "class": "z"}, '<p text="y" class="z">x</p>'),
    ],
)
def test_tag(arguments, attributes, written):
    assert tag(*arguments, **attributes) == written


def test_tag_takes_its_name_and_text_by_position():
    with pytest.raises(TypeError, match="missing 2 required positional arguments"):
        tag(name="p", text="hello")


@pytest.mark.parametrize(
    ("exercise", "source"),
    [
        ("remember", (FOLDER / "remember.py").read_text(encoding="utf-8")),
        ("tag", (FOLDER / "tag.py").read_text(encoding="utf-8")),
        ("calls", "works = 'ABE'\n"),
    ],
)
def test_right_answers_pass_their_checks(check_answer, exercise, source):
    assert check_answer(PAGE, exercise, source).outcome == "solved"


REMEMBER = """
def remember(entry, log=DEFAULT):
    if CONDITION:
        log = []
    LINE
    return RESULT
"""


@pytest.mark.parametrize(
    ("default", "condition", "line", "result", "message"),
    [
        ("[]", "False", "log.append(entry)", "log", "a default is made only once"),
        ("None", "not log", "log.append(entry)", "log", "an empty list is false, too"),
        ("None", "log is None", "pass", "log.append(entry)", "append returns None; return the"),
        ("None", "log is None", "log = log + [entry]", "log", "leaves ['connected'] in log; exp"),
        ("None", "log is None", "log.append(entry)", "log[:]", "expected log itself (not a copy"),
        ("None", "False", "log.append(entry)", "log", "'NoneType' object has no attribute 'appe"),
    ],
)
def test_wrong_memories(check_answer, default, condition, line, result, message):
    source = REMEMBER.replace("DEFAULT", default).replace("CONDITION", condition)
    source = source.replace("LINE", line).replace("RESULT", result)
    verdict = check_answer(PAGE, "remember", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


TAG = """
def tag(PARAMETERS):
    written = ''.join(ATTRIBUTES for key, value in attributes.items())
    return RESULT
"""
ATTRIBUTES = """f' {key}="{value}"'"""
RESULT = "f'<{name}{written}>{text}</{name}>'"


@pytest.mark.parametrize(
    ("parameters", "attributes", "result", "message"),
    [
        ("name, text, **attributes", ATTRIBUTES, RESULT, "with a / after text"),
        ("name, /, text, **attributes", ATTRIBUTES, RESULT, "argument 'text' (with a / after"),
        ("name, text, attributes={}", ATTRIBUTES, RESULT, "** collects the keyword arguments"),
        ("name, text, /, **attributes", "f' {key}={value}'", RESULT, "between double quotes"),
        ("name, text, /, **attributes", "f' {key}={value!r}'", RESULT, "between double quotes"),
        ("name, text, /, **attributes", ATTRIBUTES + "[1:]", RESULT, "before each attribute"),
        (
            "name, text, /, **attributes",
            ATTRIBUTES,
            "f'<{name}{written}>{text}</{name}{written}>'",
            "attributes go into the first tag",
        ),
        (
            "name, text, /, **attributes",
            ATTRIBUTES,
            "f'<{name}{written}>{text}<{name}>'",
            "tag('p', 'hello') returned '<p>hello<p>'; expected '<p>hello</p>' (mind the",
        ),
    ],
)
def test_wrong_tags(check_answer, parameters, attributes, result, message):
    source = TAG.replace("PARAMETERS", parameters).replace("ATTRIBUTES", attributes)
    verdict = check_answer(PAGE, "tag", source.replace("RESULT", result))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("works", "message"),
    [
        ("ABCE", "works is 'ABCE'; expected 'ABE' (C names a"),
        ("ABDE", "c stands after the *"),
        ("AB", "so E works"),
        ("ABEF", "F gives nothing to b"),
        ("CDF", "works is 'CDF'; expected 'ABE'"),
    ],
)
def test_wrong_calls(check_answer, works, message):
    verdict = check_answer(PAGE, "calls", f"works = {works!r}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
