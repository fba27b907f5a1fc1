"""Checks for the exercises of the page on bytes and text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exercise_checks.exercises import exercise

if TYPE_CHECKING:
    from exercise_checks.attempt import Attempt


@exercise
def check_frame(attempt: Attempt) -> None:
    frame = attempt.function("frame", "frame(text)")
    hints = {
        repr(b"\x02\x00\x00\x00hi"): "the byte that counts most comes first: 'big'",
        repr(b"\x02hi"): "the length takes four bytes",
        repr(b"\x00\x02hi"): "the length takes four bytes",
        repr(b"hi"): "the length is missing",
    }
    frame.expect("hi", returns=b"\x00\x00\x00\x02hi", hints=hints)
    hints = {
        repr(b"\x00\x00\x00\x02h\xc3\xa9"): "this counts the characters; encode first, then count",
        repr(b"\x00\x00\x00\x02h\xe9"): "this is not UTF-8",
    }
    frame.expect("hé", returns=b"\x00\x00\x00\x03h\xc3\xa9", hints=hints)
    frame.expect("", returns=b"\x00\x00\x00\x00")
    frame.expect("x" * 300, returns=b"\x00\x00\x01\x2c" + b"x" * 300)


@exercise
def check_unframe(attempt: Attempt) -> None:
    unframe = attempt.function("unframe", "unframe(data)")
    message = b"\x00\x00\x00\x03h\xc3\xa9"
    hints = {
        repr(b"h\xc3\xa9"): "these are bytes; decode them",
        repr(message.decode()): "the length is no part of the text",
    }
    unframe.expect(message, returns="hé", hints=hints)
    hints = {repr("hénext"): "cut off what comes after the message"}
    unframe.expect(message + b"next", returns="hé", hints=hints)
    hint = "the length says 3 bytes, and there are fewer"
    unframe.expect(message[:5], returns=None, hints={repr("h"): hint})
    hint = "without its four bytes the length is not known"
    unframe.expect(message[:3], returns=None, hints={repr(""): hint})
    unframe.expect(b"", returns=None, hints={repr(""): hint})
    unframe.expect(b"\x00\x00\x00\x00", returns="")
    unframe.expect(bytearray(message), returns="hé")
    unframe.expect(b"\x00\x00\x01\x2c" + b"x" * 300, returns="x" * 300)


@exercise
def check_fitting(attempt: Attempt) -> None:
    fitting = attempt.function("fitting", "fitting(text, size)")
    hints = {
        repr("café"): "this counts characters; the é takes two bytes",
        repr("caf\ufffd"): "errors='replace' puts a sign where the half character was",
        repr(b"caf"): "these are bytes; decode them",
        repr(b"caf\xc3"): "these are bytes, with half a character; decode them",
    }
    fitting.expect("café", 4, returns="caf", hints=hints)
    fitting.expect("café", 5, returns="café")
    fitting.expect("café", 100, returns="café")
    hint = "the last character that fits is complete; keep it"
    fitting.expect("a€b", 4, returns="a€", hints={repr("a"): hint})
    fitting.expect("😀", 3, returns="")
    fitting.expect("hello", 0, returns="")
