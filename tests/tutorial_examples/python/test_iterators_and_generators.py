"""The generators of the page on iterators, with input that the page does not show."""

from itertools import count
from pathlib import Path

import pytest

import tutorial_examples
from tutorial_examples.python.iterators_and_generators.all_lines import all_lines
from tutorial_examples.python.iterators_and_generators.batches import batches
from tutorial_examples.python.iterators_and_generators.lines import lines

FOLDER = Path(tutorial_examples.__file__).parent / "python" / "iterators_and_generators"
PAGE = "python/iterators_and_generators"

DATA = "one\n\ncafé\r\n€\nrest".encode()


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_lines_do_not_depend_on_the_pieces(size):
    pieces = [DATA[start : start + size] for start in range(0, len(DATA), size)]
    assert list(lines(pieces)) == ["one", "", "café\r", "€"]
    assert list(all_lines(pieces)) == ["one", "", "café\r", "€", "rest"]


@pytest.mark.parametrize("pieces", [[], [b""], [b"", b"\n", b""]])
def test_empty_pieces(pieces):
    expected = [""] if b"\n" in pieces else []
    assert list(lines(pieces)) == list(all_lines(pieces)) == expected


def test_a_line_that_is_no_text_ends_the_lines():
    found = lines([b"good\nbad \xff\n"])
    assert next(found) == "good"
    with pytest.raises(UnicodeDecodeError):
        next(found)


def test_a_line_comes_before_the_next_piece_is_fetched():
    def pieces():
        yield b"one\n"
        raise ConnectionResetError

    found = lines(pieces())
    assert next(found) == "one"
    with pytest.raises(ConnectionResetError):
        next(found)


@pytest.mark.parametrize(
    ("items", "size", "expected"),
    [("", 3, []), ("abc", 3, [["a", "b", "c"]]), ("abcd", 3, [["a", "b", "c"], ["d"]])],
)
def test_batches(items, size, expected):
    assert list(batches(items, size)) == expected


def test_batches_stay_as_they_were():
    found = batches(count(), 2)
    first = next(found)
    next(found)
    assert first == [0, 1]


@pytest.mark.parametrize("exercise", ["batches", "all_lines"])
def test_the_solutions_pass_their_checks(check_answer, exercise):
    source = (FOLDER / f"{exercise}.py").read_text(encoding="utf-8")
    assert check_answer(PAGE, exercise, source).outcome == "solved"


def test_the_right_prediction(check_answer):
    source = "first = 'a'\nsecond = ['d', 'e', 'f']\nthird = []\n"
    assert check_answer(PAGE, "predict", source).outcome == "solved"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("first = 'b'", "begins at the front"),
        ("first = 'a'\nsecond = list('bcdef')", "keeps only some of them"),
        ("first = 'a'\nsecond = list('def')\nthird = ['b', 'c']", "whether it kept them or not"),
    ],
)
def test_wrong_predictions(check_answer, source, message):
    verdict = check_answer(PAGE, "predict", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


BATCHES = (FOLDER / "batches.py").read_text(encoding="utf-8")
LAST = "    if batch:\n        yield batch\n"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (LAST, "", "yield them after the loop"),
        ("            batch = []", "            batch.clear()", "this is one list three times"),
        (LAST, "    yield batch\n", "yield it only if something is in it"),
        ("yield batch", "print(batch)", "returned None; expected a generator"),
        ("    batch = []\n    for", "    batch = []\n    items = items[:]\n    for", "TypeError"),
        ("== size", "> size", "yields [['a', 'b', 'c'], ['d', 'e']]; expected"),
    ],
)
def test_wrong_batches(check_answer, right, wrong, message):
    assert right in BATCHES
    verdict = check_answer(PAGE, "batches", BATCHES.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


def test_batches_of_a_list(check_answer):
    source = "def batches(items, size):\n    return [list(items)[:size]]\n"
    assert "yield the values one by one" in check_answer(PAGE, "batches", source).message


def test_batches_that_fetch_ahead(check_answer):
    source = BATCHES.replace("in items", "in ahead_of(iter(items))")
    source += (
        "\n\ndef ahead_of(items):\n    for ten in iter(lambda: list(islice(items, 10)), []):\n"
        "        yield from ten\n"
    )
    source = source.replace("def batches", "from itertools import islice\n\n\ndef batches")
    verdict = check_answer(PAGE, "batches", source)
    assert "for the first batch of 3, 10 items were fetched" in verdict.message


ALL_LINES = (FOLDER / "all_lines.py").read_text(encoding="utf-8")
REST = "    if buffer:\n        yield buffer.decode()\n"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (REST, "", "the rest is lost; yield it after the loop"),
        (REST, "    yield buffer.decode()\n", "nothing is left after the last line end"),
        ("yield line.decode()", "if line: yield line.decode()", "between two line ends is a line"),
        ("yield line.decode()", "yield line", "yields [b'one', 'two']; expected ['one', 'two']"),
        ("pieces:", "[b''.join(pieces)]:", "3 pieces were fetched before the first line came"),
        ("buffer += piece", "buffer += piece.decode().encode()", "raised UnicodeDecodeError"),
    ],
)
def test_wrong_lines(check_answer, right, wrong, message):
    assert right in ALL_LINES
    verdict = check_answer(PAGE, "all_lines", ALL_LINES.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
