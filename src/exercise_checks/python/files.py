"""Checks of the exercises on the page `python/files`."""

import contextlib
import locale
import tempfile
from collections.abc import Iterator
from pathlib import Path

from exercise_checks.attempt import Attempt, AttemptedFunction, NotAsExpected
from exercise_checks.error_hints import error_hints
from exercise_checks.exercises import exercise

NAME_IT = "say encoding='utf-8'; without it the computer's own is taken, which may be another"


@exercise
def check_longest(attempt: Attempt) -> None:
    longest_line = attempt.function("longest_line", "longest_line(name)")
    hints = {
        repr("chocolate\n"): "without the end of the line",
        repr("water"): "this is the last in the order of the alphabet, not the longest",
        "9": "this is its length; the line is asked for",
    }
    _expect_longest(longest_line, "tea\nchocolate\nwater\n", "chocolate", hints)
    hints = {
        repr("chocolat"): "the last line of a file may lack its end; rstrip('\\n') does not mind"
    }
    _expect_longest(longest_line, "tea\nchocolate", "chocolate", hints)
    spaces = "spaces belong to the line; rstrip('\\n') takes its end away and nothing else"
    hints = {repr(text): spaces for text in ("milk", "tea", "  tea")}
    _expect_longest(longest_line, "milk\n  tea  \n", "  tea  ", hints)
    hints = {repr("water"): "of two that are equally long, it is the first"}
    _expect_longest(longest_line, "juice\nwater\n", "juice", hints)
    _expect_longest(longest_line, "thé glacé\nchocolates\n", "chocolates", {})
    _expect_longest(longest_line, "café crème\n", "café crème", {})
    _expect_longest(longest_line, "", "", {})


@exercise
def check_log(attempt: Attempt) -> None:
    add_line = attempt.function("add_line", "add_line(name, text)")
    hints = {
        "two\n": "'w' empties the file; 'a' writes at its end",
        "two": "'w' empties the file, and write ends no line",
        "onetwo": "write ends no line; print(text, file=file) does, or a \\n",
        "\none\ntwo": "the \\n goes to the end of the line, not before it",
    }
    _expect_log(add_line, ["one", "two"], hints)
    _expect_log(add_line, ["Zoë: 3 €", "", "bye"], {})


@exercise
def check_predict(attempt: Attempt) -> None:
    attempt.expect_value(
        "first",
        "team",
        hints={
            repr("brea"): "'a' writes at the end and keeps what was there",
            repr("teamilk\n"): "read(4) returns four characters, not a line",
            repr("tea\n"): "write ends no line, so tea and milk are on one",
        },
    )
    attempt.expect_value(
        "rest",
        ["ilk\n", "breadjam\n"],
        hints={
            repr(
                ["ilk\n", "bread\n", "jam\n"]
            ): "writelines ends no line, so bread and jam are on one",
            repr(["ilk", "breadjam"]): "readlines leaves each line its end",
            repr(["teamilk\n", "breadjam\n"]): "readlines goes on where read(4) stopped",
            repr(["breadjam\n"]): "what read(4) left of the first line comes before",
            repr("ilk\nbreadjam\n"): "readlines returns a list, a string for each line",
        },
    )


@contextlib.contextmanager
def _folder_elsewhere() -> Iterator[None]:
    """A folder of its own, on a computer whose encoding is, where that can be had, not UTF-8."""
    before = locale.setlocale(locale.LC_CTYPE)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        locale.setlocale(locale.LC_CTYPE, "C")
        try:
            yield
        finally:
            locale.setlocale(locale.LC_CTYPE, before)


def _expect_longest(
    longest_line: AttemptedFunction, text: str, longest: str, hints: dict[str, str]
) -> None:
    with _folder_elsewhere(), error_hints({"codec can't": NAME_IT}):
        Path("drinks.txt").write_text(text, encoding="utf-8")
        try:
            longest_line.expect("drinks.txt", returns=longest, hints=hints)
        except NotAsExpected as failure:
            raise NotAsExpected(f"where drinks.txt holds {text!r}, {failure}") from failure


def _expect_log(add_line: AttemptedFunction, lines: list[str], hints: dict[str, str]) -> None:
    calls = " and ".join(f"add_line('log.txt', {line!r})" for line in lines)
    trouble = {
        "codec can't": NAME_IT,
        "FileNotFound": "the mode 'a' makes a file that is not there",
    }
    with _folder_elsewhere(), error_hints(trouble):
        for line in lines:
            add_line.expect("log.txt", line)
        try:
            text = Path("log.txt").read_text(encoding="utf-8")
        except FileNotFoundError:
            raise NotAsExpected(f"after {calls} there is no file log.txt") from None
        except UnicodeDecodeError:
            raise NotAsExpected(f"after {calls} log.txt is not in UTF-8 ({NAME_IT})") from None
    expected = "".join(f"{line}\n" for line in lines)
    if text != expected:
        message = f"after {calls} log.txt holds {text!r}; expected {expected!r}"
        hint = hints.get(text, "")
        raise NotAsExpected(f"{message} ({hint})" if hint else message)
