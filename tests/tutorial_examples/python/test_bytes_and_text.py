"""The functions of the page on bytes and text, with data that the page does not show."""

from pathlib import Path

import pytest

import tutorial_examples
from tutorial_examples.python.bytes_and_text.fitting import fitting
from tutorial_examples.python.bytes_and_text.frame import frame, unframe

FOLDER = Path(tutorial_examples.__file__).parent / "python" / "bytes_and_text"
PAGE = "python/bytes_and_text"


@pytest.mark.parametrize("text", ["", "hello", "é" * 200, "a\nb\0c", "😀", "x" * 70_000])
def test_a_message_comes_back(text):
    assert unframe(frame(text)) == text
    assert unframe(frame(text) + b"\x00\x00\x00\x01x") == text


def test_no_beginning_of_a_message_is_taken_for_a_message():
    data = frame("hé")
    assert [unframe(data[:size]) for size in range(len(data))] == [None] * len(data)


def test_a_message_that_is_no_text():
    with pytest.raises(UnicodeDecodeError):
        unframe(b"\x00\x00\x00\x01\xff")


@pytest.mark.parametrize("text", ["plain", "aé€😀b", "😀😀", ""])
def test_what_fits(text):
    for size in range(len(text.encode()) + 2):
        cut = fitting(text, size)
        assert text.startswith(cut)
        assert len(cut.encode()) <= size
        assert cut == text or len(text[: len(cut) + 1].encode()) > size


FRAME = (FOLDER / "frame.py").read_text(encoding="utf-8")
FITTING = (FOLDER / "fitting.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("exercise", "source"), [("frame", FRAME), ("unframe", FRAME), ("fitting", FITTING)]
)
def test_the_solutions_pass_their_checks(check_answer, exercise, source):
    assert check_answer(PAGE, exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return len(text).to_bytes(4, 'big') + text.encode()", "encode first, then count"),
        ("b = text.encode(); return len(b).to_bytes(4, 'little') + b", "comes first: 'big'"),
        ("b = text.encode(); return bytes([len(b)]) + b", "the length takes four bytes"),
        ("b = text.encode('latin-1'); return len(b).to_bytes(4, 'big') + b", "this is not UTF-8"),
        ("return text.encode()", "the length is missing"),
        ("b = text.encode(); return len(b) + b", "frame('hi') raised TypeError"),
        (
            "return len(text).to_bytes(4, 'big') + text",
            "frame('hi') raised TypeError: can't concat",
        ),
        ("b = text.encode(); return bytes([0, 0, 0, len(b)]) + b", "ValueError: bytes must be in"),
    ],
)
def test_wrong_frames(check_answer, body, message):
    verdict = check_answer(PAGE, "frame", f"def frame(text):\n    {body}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (".decode()", "", "these are bytes; decode them"),
        ("data[4:end]", "data[:end]", "the length is no part of the text"),
        ("data[4:end]", "data[4:]", "cut off what comes after the message"),
        ("    if len(data) < end:\n        return None\n", "", "the length says 3 bytes"),
        ("return data[4:end]", "return data[4:end - 4]", "expected 'hé'"),
        ("data[:4]", "data[3:4]", "expected 'xxx"),
        ("return data[4:end].decode()", "print(data[4:end].decode())", "it printed the answer"),
        (
            "    if len(data) < 4:\n        return None\n",
            "    if not data:\n        return ''\n",
            "without its four bytes the length is not known",
        ),
    ],
)
def test_wrong_unframes(check_answer, right, wrong, message):
    assert right in FRAME
    verdict = check_answer(PAGE, "unframe", FRAME.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return text[:size]", "this counts characters"),
        ("return text.encode()[:size]", "these are bytes, with half a character"),
        ("return text.encode()[:size].decode()", "fitting('café', 4) raised UnicodeDecodeError"),
        ("return text.encode()[:size].decode(errors='replace')", "errors='replace' puts a sign"),
        ("return text.encode('ascii', 'ignore')[:size].decode()", "expected 'café'"),
        ("return text.encode()[:size - 1].decode(errors='ignore')", "'caf'; expected 'café'"),
    ],
)
def test_wrong_fittings(check_answer, body, message):
    verdict = check_answer(PAGE, "fitting", f"def fitting(text, size):\n    {body}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
