"""The programs of the page on files, and the checks of its exercises."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/files"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def sign(folder, name):
    return subprocess.run(
        [sys.executable, FOLDER / "guest_book.py"],
        cwd=folder,
        input=name,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def test_guest_book_keeps_every_name(tmp_path):
    book = tmp_path / "guest_book.txt"
    book.write_text("Ann\nZoë\n", encoding="utf-8")
    done = sign(tmp_path, "Bob de Vries\n")
    assert (done.stdout, done.stderr) == ("Ann\nZoë\nYour name: ", "")
    assert book.read_text(encoding="utf-8") == "Ann\nZoë\nBob de Vries\n"


def test_guest_book_without_a_name_is_left_alone(tmp_path):
    assert sign(tmp_path, "").stderr.endswith("EOFError: EOF when reading a line\n")
    assert list(tmp_path.iterdir()) == []


def test_guest_book_in_another_encoding_is_left_alone(tmp_path):
    book = tmp_path / "guest_book.txt"
    book.write_bytes(b"Zo\xeb\n")
    assert "UnicodeDecodeError" in sign(tmp_path, "Bob\n").stderr
    assert book.read_bytes() == b"Zo\xeb\n"


@pytest.mark.parametrize(
    ("content", "longest"),
    [
        (b"", ""),
        (b"\n\n", ""),
        (b"tea", "tea"),
        (b"tea\n\nmilk", "milk"),
        (b"tea\r\nmilk\r\n", "milk"),
        ("ccc\néé\n".encode(), "ccc"),
        (b" tea \t\nmilk\n", " tea \t"),
    ],
)
def test_longest_line(tmp_path, content, longest):
    path = tmp_path / "drinks.txt"
    path.write_bytes(content)
    longest_line = runpy.run_path(str(FOLDER / "longest_line.py"))["longest_line"]
    assert longest_line(str(path)) == longest


def test_longest_line_of_no_file(tmp_path):
    longest_line = runpy.run_path(str(FOLDER / "longest_line.py"))["longest_line"]
    with pytest.raises(FileNotFoundError):
        longest_line(tmp_path / "drinks.txt")


def test_add_line(tmp_path):
    path = tmp_path / "log.txt"
    add_line = runpy.run_path(str(FOLDER / "add_line.py"))["add_line"]
    for text in ("thé", "", "two\nlines"):
        add_line(str(path), text)
    assert path.read_text(encoding="utf-8") == "thé\n\ntwo\nlines\n"


@pytest.mark.parametrize(
    ("name", "listing"),
    [("longest", "longest_line"), ("log", "add_line"), ("predict", "predicted")],
)
def test_the_solutions_pass_their_checks(check_answer, name, listing):
    source = (FOLDER / f"{listing}.py").read_text()
    assert check_answer(PAGE, name, source).outcome == "solved"


def test_other_ways_pass(check_answer):
    longest = """
def longest_line(name):
    with open(name, encoding='utf-8') as file:
        return max(file.read().splitlines(), key=len, default='')
"""
    assert check_answer(PAGE, "longest", longest).outcome == "solved"
    log = """
def add_line(name, text):
    file = open(name, 'a', encoding='utf-8')
    file.write(f'{text}\\n')
    file.close()
"""
    assert check_answer(PAGE, "log", log).outcome == "solved"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('"team"', '"brea"', "first is 'brea'; expected 'team' ('a' writes at the end and keeps"),
        ('"team"', r'"teamilk\n"', "(read(4) returns four characters, not a line)"),
        ('["ilk', '["teamilk', "(readlines goes on where read(4) stopped)"),
        ('"team"', r'"tea\n"', "(write ends no line, so tea and milk are on one)"),
        ("breadjam", r'bread\n", "jam', "(writelines ends no line, so bread and jam are on one)"),
        (r'"ilk\n", ', "", "(what read(4) left of the first line comes before)"),
        (
            r'["ilk\n", "breadjam\n"]',
            '["ilk", "breadjam"]',
            "rest is ['ilk', 'breadjam']; expected ['ilk\\n', 'breadjam\\n'] (readlines leaves",
        ),
        (
            r'["ilk\n", "breadjam\n"]',
            r'"ilk\nbreadjam\n"',
            "(readlines returns a list, a string for each line)",
        ),
    ],
)
def test_wrong_predictions(check_answer, right, wrong, message):
    source = (FOLDER / "predicted.py").read_text()
    assert source.count(right) == 1
    verdict = check_answer(PAGE, "predict", source.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


LONGEST = """
def longest_line(name):
    longest = ''
    with open(name, encoding='utf-8') as file:
        for line in file:
            line = line.rstrip('\\n')
            if len(line) > len(longest):
                longest = line
    return longest
"""
LOG = """
def add_line(name, text):
    with open(name, 'a', encoding='utf-8') as file:
        file.write(text + '\\n')
"""


@pytest.mark.parametrize(
    ("exercise", "source", "right", "wrong", "message"),
    [
        ("longest", LONGEST, "line.rstrip('\\n')", "line", "(without the end of the line)"),
        ("longest", LONGEST, "line.rstrip('\\n')", "line[:-1]", "may lack its end; rstrip('\\n')"),
        ("longest", LONGEST, "line.rstrip('\\n')", "line.strip()", "(spaces belong to the line;"),
        ("longest", LONGEST, ">", ">=", "(of two that are equally long, it is the first)"),
        ("longest", LONGEST, "len(line) > len(longest)", "line > longest", "order of the alphabet"),
        ("longest", LONGEST, "return longest", "return len(longest)", "the line is asked for)"),
        ("longest", LONGEST, "return longest", "print(longest)", "it printed the answer; return"),
        (
            "longest",
            LONGEST,
            "name,",
            "'name',",
            "No such file or directory: 'name' at answer.py:4",
        ),
        (
            "longest",
            LONGEST,
            "name, encoding='utf-8'",
            "name, 'w', encoding='utf-8'",
            r"where drinks.txt holds 'tea\nchocolate\nwater\n', longest_line('drinks.txt') raised",
        ),
        ("log", LOG, "'a'", "'w'", "('w' empties the file; 'a' writes at its end)"),
        ("log", LOG, "'a'", "'r'", "(the mode 'a' makes a file that is not there)"),
        ("log", LOG, "text + '\\n'", "text", "log.txt holds 'onetwo'; expected 'one\\ntwo\\n'"),
        ("log", LOG, "text + '\\n'", "'\\n' + text", "goes to the end of the line, not before it"),
        ("log", LOG, "utf-8", "latin-1", "raised UnicodeEncodeError: 'latin-1' codec can't encode"),
        ("log", LOG, "utf-8", "cp1252", "log.txt is not in UTF-8 (say encoding='utf-8'"),
        ("log", LOG, "open(name,", "open('name',", "add_line('log.txt', 'two') there is no file"),
    ],
)
def test_wrong_answers(check_answer, exercise, source, right, wrong, message):
    assert source.count(right) == 1
    verdict = check_answer(PAGE, exercise, source.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one encoding for all programs")
@pytest.mark.parametrize(("exercise", "source"), [("longest", LONGEST), ("log", LOG)])
def test_an_answer_that_names_no_encoding(check_answer, monkeypatch, exercise, source):
    monkeypatch.setenv("PYTHONUTF8", "0")
    verdict = check_answer(PAGE, exercise, source.replace(", encoding='utf-8'", ""))
    assert verdict.outcome == "not as expected"
    assert "without it the computer's own is taken" in verdict.message
