"""Checks for the exercises of the page on tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exercise_checks.exercises import exercise

if TYPE_CHECKING:
    from exercise_checks.attempt import Attempt


@exercise
def check_shared(attempt: Attempt) -> None:
    hints = {
        repr(("x", [1], "y")): "the new tuple refers to the same list, so it shows the 2 as well",
        repr(("x", [1, 2])): "a += ('y',) makes a tuple with 'y' at its end, and names it a",
        repr(["x", [1, 2], "y"]): "this is a list; parentheses and commas make a tuple",
    }
    attempt.expect_value("a", ("x", [1, 2], "y"), hints=hints)
    new = "a += ('y',) makes a new tuple for a; b refers to the first one as before"
    hints = {
        repr(("x", [1, 2], "y")): new,
        repr(("x", [1], "y")): new,
        repr(("x", [1])): "the tuple cannot be changed, but the list in it can",
    }
    attempt.expect_value("b", ("x", [1, 2]), hints=hints)


@exercise
def check_swap_ends(attempt: Attempt) -> None:
    swap_ends = attempt.function("swap_ends", "swap_ends(items)")
    hints = {
        repr([4, 2, 3, 1]): "this is a list; parentheses and commas, or tuple(), make a tuple",
        repr((4, [2, 3], 1)): "with a star, *middle puts in the elements instead of the list",
        repr((4, (2, 3), 1)): "a star puts in the elements instead of the tuple: *items[1:-1]",
        repr((4, 2, 1)): "a slice stops before its second number",
        repr((4, 3, 2, 1)): "only the ends change places",
        repr((4, 1)): "the elements between the ends are missing",
    }
    swap_ends.expect((1, 2, 3, 4), returns=(4, 2, 3, 1), hints=hints)
    swap_ends.expect(("tea", "milk"), returns=("milk", "tea"))
    swap_ends.expect((1, (2, 3), 4), returns=(4, (2, 3), 1))
    swap_ends.expect((1, 2, 3, 4, 1), returns=(1, 2, 3, 4, 1))


@exercise
def check_split_address(attempt: Attempt) -> None:
    split_address = attempt.function("split_address", "split_address(text)")
    hints = {
        repr(("127.0.0.1", "11111")): "the port is text; int() makes a whole number of it",
        repr(["127.0.0.1", "11111"]): "split returns a list of strings; unpack it first",
        repr(["127.0.0.1", 11111]): "this is a list; the comma after return makes a tuple",
        repr("127.0.0.1, 11111"): "this is one string; return two objects with a comma between",
        repr(("127.0.0.1:11111",)): "the text is not taken apart; split(':') does that",
    }
    split_address.expect("127.0.0.1:11111", returns=("127.0.0.1", 11111), hints=hints)
    hints = {repr(("10.0.0.1:", 0)): "hosts differ in length; split(':') finds the colon"}
    split_address.expect("10.0.0.1:80", returns=("10.0.0.1", 80), hints=hints)
    split_address.expect("localhost:8000", returns=("localhost", 8000))
