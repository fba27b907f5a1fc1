"""Checks for the exercises of the page on iterators and generators."""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING, Any

from exercise_checks.attempt import NotAsExpected
from exercise_checks.exercises import exercise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exercise_checks.attempt import Attempt


@exercise
def check_predict(attempt: Attempt) -> None:
    attempt.expect_value("first", "a", {repr("b"): "an iterator begins at the front"})
    hints = {
        repr(["a", "d", "e", "f"]): "the 'a' was never greater than 'c', and it is gone already",
        repr(["b", "c", "d", "e", "f"]): "the comprehension keeps only some of them",
        repr("def"): "a comprehension makes a list",
    }
    attempt.expect_value("second", ["d", "e", "f"], hints)
    hint = "the comprehension took all the letters from the iterator, whether it kept them or not"
    hints = {repr(["b", "c"]): hint, repr(list("abcdef")): hint, repr(list("bcdef")): hint}
    attempt.expect_value("third", [], hints)


@exercise
def check_batches(attempt: Attempt) -> None:
    batches = attempt.function("batches", "batches(items, size)")
    first = "batches('abcde', 2)"
    hints = {
        repr([["a", "b"], ["c", "d"]]): "the last items are lost; yield them after the loop",
        repr(["ab", "cd", "e"]): "these are strings; make a list of each",
        repr([[], [], []]): "clear empties the list that the caller has got; make a new one",
        repr([["e"], ["e"], ["e"]]): "this is one list three times; make a new one for each batch",
    }
    _expect(first, batches("abcde", 2), [["a", "b"], ["c", "d"], ["e"]], hints)
    hints = {repr([["a", "b"], []]): "the last list is empty; yield it only if something is in it"}
    _expect("batches('ab', 2)", batches("ab", 2), [["a", "b"]], hints)
    _expect("batches([], 2)", batches([], 2), [], {repr([[]]): "nothing comes of no items"})
    _expect("batches(range(5), 4)", batches(range(5), 4), [[0, 1, 2, 3], [4]])
    _expect("batches(iter('abc'), 1)", batches(iter("abc"), 1), [["a"], ["b"], ["c"]])
    fetched: list[int] = []
    found = batches(_noting(count(), fetched), 3)
    _expect("next(batches(endless, 3))", islice(found, 1), [[0, 1, 2]])
    if len(fetched) > 4:
        raise NotAsExpected(
            f"for the first batch of 3, {len(fetched)} items were fetched; fetch them one by one"
        )


@exercise
def check_all_lines(attempt: Attempt) -> None:
    all_lines = attempt.function("all_lines", "all_lines(pieces)")
    hints = {repr(["one"]): "the rest is lost; yield it after the loop"}
    _expect_lines(all_lines, [b"one\ntw", b"o"], ["one", "two"], hints)
    hints = {repr(["one", ""]): "nothing is left after the last line end, so yield nothing"}
    _expect_lines(all_lines, [b"one\n"], ["one"], hints)
    hints = {repr(["one", "two"]): "an empty line between two line ends is a line"}
    _expect_lines(all_lines, [b"one\n", b"\ntwo"], ["one", "", "two"], hints)
    _expect_lines(all_lines, [b"caf\xc3", b"\xa9"], ["café"])
    _expect_lines(all_lines, [], [])
    pieces = [b"one\n", b"two\n", b"three"]
    fetched: list[bytes] = []
    lines = all_lines(_noting(iter(pieces), fetched))
    _expect("the first of all_lines", islice(lines, 1), ["one"])
    if len(fetched) > 1:
        raise NotAsExpected(
            f"{len(fetched)} pieces were fetched before the first line came;"
            " yield a line as soon as it is complete"
        )


def _expect_lines(
    all_lines: Any, pieces: list[bytes], expected: list[str], hints: dict[str, str] | None = None
) -> None:
    _expect(f"all_lines({pieces!r})", all_lines(iter(pieces)), expected, hints)


def _noting(items: Iterator[Any], fetched: list[Any]) -> Iterator[Any]:
    """Yields the items, and notes those that were asked for."""
    for item in items:
        fetched.append(item)
        yield item


def _expect(
    call: str, found: Any, expected: list[Any], hints: dict[str, str] | None = None
) -> None:
    """Expects to get these values from an iterator, and no more."""
    if found is None:
        raise NotAsExpected(f"{call} returned None; expected a generator (is there a yield in it?)")
    if not hasattr(found, "__next__"):
        raise NotAsExpected(
            f"{call} returned {found!r}; expected a generator (yield the values one by one)"
        )
    try:
        # A few more than expected tell enough, and an endless generator ends here.
        values = list(islice(found, len(expected) + 5))
    except Exception as error:
        raise NotAsExpected(f"{call} raised {type(error).__name__}: {error}") from error
    if values != expected:
        hint = (hints or {}).get(repr(values), "")
        raise NotAsExpected(
            f"{call} yields {values!r}; expected {expected!r}" + (f" ({hint})" if hint else "")
        )
