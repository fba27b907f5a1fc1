"""The programs of the page on context managers, with what the page does not show."""

import importlib.util
from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/context_managers"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def load(name):
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "numbered"), [("", ""), ("\n", "1 \n"), ("a\nb", "1 a\n2 b"), ("é\n", "1 é\n")]
)
def test_number_lines(tmp_path, text, numbered):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_text(text, encoding="utf-8")
    target.write_text("older and much longer", encoding="utf-8")
    load("number_lines").number_lines(source, target)
    assert target.read_text(encoding="utf-8") == numbered


def test_number_lines_makes_no_target_without_a_source(tmp_path):
    with pytest.raises(FileNotFoundError):
        load("number_lines").number_lines(tmp_path / "source", tmp_path / "target")
    assert not (tmp_path / "target").exists()


def test_frames_within_frames(capsys):
    framed = load("framed").framed
    with framed("a") as outer, framed("b") as inner:
        print(outer, inner)
    assert capsys.readouterr().out == "--- a\n--- b\nA B\n--- end\n--- end\n"


@pytest.mark.parametrize(
    ("exercise", "solution"), [("first", "first_line.py"), ("restored", "restored.py")]
)
def test_the_solutions_pass_their_checks(check_answer, exercise, solution):
    source = (FOLDER / solution).read_text(encoding="utf-8")
    assert check_answer(PAGE, exercise, source).outcome == "solved"


FIRST_LINE = """
from pathlib import Path

def first_line(path):
    {before}
    try:
        {body}
    except {error}:
        return ""
"""


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return open(path, encoding='utf-8').readline().rstrip('\\n')", "leaves the file open"),
        ("return Path(path).open(encoding='utf-8').readline()[:-1]", "leaves the file open"),
        ("return Path(path).read_text(encoding='utf-8')", "(readline reads one line)"),
        ("return Path(path).read_text(encoding='utf-8').splitlines()", "(only the first)"),
        ("return Path(path).read_text(encoding='utf-8').splitlines()[0]", "raised IndexError"),
        (
            "return Path(path).read_text(encoding='utf-8').splitlines(True)[0]",
            "the line's end belongs to the line",
        ),
        ("return path.readline()", "raised AttributeError"),
    ],
)
def test_wrong_first_lines(check_answer, body, message):
    source = FIRST_LINE.format(before="", body=body, error="FileNotFoundError")
    verdict = check_answer(PAGE, "first", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


def test_a_first_line_that_hides_other_errors(check_answer):
    body = "return (Path(path).read_text(encoding='utf-8') + '\\n').partition('\\n')[0]"
    fine = FIRST_LINE.format(before="", body=body, error="FileNotFoundError")
    assert check_answer(PAGE, "first", fine).outcome == "solved"
    verdict = check_answer(
        PAGE, "first", FIRST_LINE.format(before="", body=body, error="Exception")
    )
    assert "returned ''; expected it to raise UnicodeDecodeError" in verdict.message


def test_a_first_line_of_a_missing_file(check_answer):
    source = (
        "def first_line(path):\n    with open(path) as file:\n        return file.readline()[:-1]"
    )
    assert "returned 'An'" in check_answer(PAGE, "first", source).message
    source = source.replace("[:-1]", ".strip()")
    message = check_answer(PAGE, "first", source).message
    assert "first_line('missing.txt') raised FileNotFoundError" in message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("items[:] = before", "items = before", "after a with whose lines append 3, the list is"),
        ("items.copy()", "items", "(keep a copy"),
        ("@contextmanager\n", "", "is @contextmanager above the def, and a yield in it?"),
        (
            "    finally:",
            "    except KeyError:\n        pass\n    finally:",
            "got lost; use finally",
        ),
        (
            "    try:\n        yield items\n    finally:\n        items",
            "    yield items\n    items",
            "after a with that raised a KeyError, the list is []",
        ),
        ("before = items.copy()", "before = items.copy(); items.clear()", "within the with"),
        ("    try:\n        yield items\n    finally:\n    ", "", "raised TypeError"),
        ("items.copy()", "itmes.copy()", "raised NameError: name 'itmes' is not defined"),
        ("items[:] = before", "items[:] = before\n        yield", "raised RuntimeError: generator"),
    ],
)
def test_wrong_restorings(check_answer, old, new, message):
    source = (FOLDER / "restored.py").read_text(encoding="utf-8")
    assert old in source
    verdict = check_answer(PAGE, "restored", source.replace(old, new))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
