"""Comparing what is printed, also while it still comes in, with the lines of a page."""

import pytest

from tested_pages.output_pattern import OutputPattern


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        ([], ""),
        (["a"], "a\n"),
        ([""], "\n"),
        (["a", "", "b"], "a\n\nb\n"),
        (["a..."], "abc\n"),
        (["a..."], "a\n"),
        (["...c"], "abc\n"),
        (["a...c"], "abc\n"),
        (["a...b...c"], "a1b2c\n"),
        (["..."], ""),
        (["..."], "\n"),
        (["..."], "a\nb\n"),
        (["  ..."], "a\nb\n"),
        (["a", "..."], "a\n"),
        (["a", "..."], "a\nb\nc\n"),
        (["...", "c"], "c\n"),
        (["...", "c"], "a\nb\nc\n"),
        (["...", "c"], "c\nc\n"),
        (["a", "...", "c"], "a\nc\n"),
        (["a", "...", "c"], "a\nb\nc\n"),
        (["a", "...", "...", "c"], "a\nb\nc\n"),
        (["(.*) [a-z]+ \\d $^"], "(.*) [a-z]+ \\d $^\n"),
        (["é ⏎ 你"], "é ⏎ 你\n"),
        (["{'a': ...}"], "{'a': [1, 2]}\n"),
    ],
)
def test_lines_match(lines, printed):
    pattern = OutputPattern(lines)
    assert pattern.matches_whole(printed)
    assert pattern.first_difference(printed) == len(lines)
    for length in range(len(printed) + 1):
        assert pattern.may_become_match(printed[:length])


@pytest.mark.parametrize(
    ("lines", "printed", "first_difference"),
    [
        (["a"], "", 0),
        (["a"], "a", 0),
        (["a"], "b\n", 0),
        (["a"], "A\n", 0),
        (["a"], "a \n", 0),
        (["a"], " a\n", 0),
        (["a", "b"], "a\n", 1),
        (["a", "b"], "b\na\n", 0),
        (["a", "b"], "a\n\nb\n", 1),
        (["a...c"], "ab\nc\n", 0),
        (["a..."], "ba\n", 0),
        (["a", "...", "c"], "a\nb\n", 2),
        (["a", "...", "c"], "a\nbc\n", 2),
        (["a.c"], "abc\n", 0),
    ],
)
def test_lines_do_not_match(lines, printed, first_difference):
    pattern = OutputPattern(lines)
    assert not pattern.matches_whole(printed)
    assert pattern.first_difference(printed) == first_difference


def test_more_than_the_lines_is_no_whole_match():
    pattern = OutputPattern(["a"])
    assert not pattern.matches_whole("a\nb\n")
    assert pattern.end_of_match("a\nb\n") == 2
    assert pattern.first_difference("a\nb\n") == 1


@pytest.mark.parametrize("printed", ["b", "ab", "a\nx", "a\n\n"])
def test_a_wrong_beginning_cannot_become_a_match(printed):
    assert not OutputPattern(["a", "b"]).may_become_match(printed)


def test_after_an_ellipsis_anything_may_still_come():
    assert OutputPattern(["...", "b"]).may_become_match("a\nx\ny")


def test_the_shortest_match_is_taken():
    pattern = OutputPattern(["...", "c"])
    assert pattern.end_of_match("a\nc\nb\nc\n") == 4


@pytest.mark.parametrize(
    ("lines", "printed", "shown"),
    [
        (["a"], "a\n", "a\n"),
        (["port ..."], "port 53412\n", "port 53412\n"),
        (["from ('127.0.0.1', ...)"], "from ('127.0.0.1', 1)\n", "from ('127.0.0.1', 1)\n"),
        (["a...b...c"], "a1b2c\n", "a1b2c\n"),
        (["..."], "a\nb\n", "...\n"),
        (["  ..."], "a\nb\n", "  ...\n"),
        (["a...", "...", "...z"], "a1\n2\n3\n4z\n", "a1\n...\n4z\n"),
        (["in ..."], "in /home/somebody/page\n", "in ...\n"),
        (["in ... and ..."], "in /home/somebody and 5\n", "in ... and 5\n"),
        (["in ..."], "in C:\\Users\n", "in ...\n"),
    ],
)
def test_the_reader_sees_what_was_printed_but_no_paths(lines, printed, shown):
    assert OutputPattern(lines).as_printed(printed) == shown


def test_what_does_not_match_is_not_shown():
    with pytest.raises(ValueError, match="not what these lines show"):
        OutputPattern(["a"]).as_printed("b\n")


def test_an_ellipsis_may_not_hide_an_error():
    printed = "Traceback (most recent call last):\n  File\nIndexError: no\n"
    assert OutputPattern(["Traceback (most recent call last):", "  ..."]).hides_error(printed)
    shown = ["Traceback (most recent call last):", "  ...", "IndexError: no"]
    assert not OutputPattern(shown).hides_error(printed)


def test_long_output_is_compared():
    printed = "".join(f"line {number}\n" for number in range(50_000))
    assert OutputPattern(["...", "line 49999"]).matches_whole(printed)
    assert not OutputPattern(["...", "line 50000"]).matches_whole(printed)
    assert OutputPattern(["line 0", "...", "line 25000", "...", "line 49999"]).matches_whole(
        printed
    )
