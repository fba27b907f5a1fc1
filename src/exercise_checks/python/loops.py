"""Checks of the exercises on the page `python/loops`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise, program_exercise


@exercise
def check_steps(attempt: Attempt) -> None:
    steps = attempt.function("steps", "steps(n)")
    hints = {
        repr(9): "count the steps, not the numbers",
        repr(7): "the last step, to 1, counts too",
        repr(1): "return after the loop, not within it",
        repr([3, 10, 5, 16, 8, 4, 2, 1]): "these are the numbers; how many steps are there?",
    }
    steps.expect(6, returns=8, hints=hints)
    steps.expect(1, returns=0, hints={repr(3): "1 is there already; ask before the first step"})
    steps.expect(2, returns=1)
    steps.expect(27, returns=111)
    hint = "n / 2 is a float, and large floats are not exact; use //"
    steps.expect(2**60 + 1, returns=479, hints={repr(68): hint})


@exercise
def check_pieces(attempt: Attempt) -> None:
    pieces = attempt.function("pieces", "pieces(text, size)")
    hints = {
        repr(["abc", "def"]): "the last piece may be shorter, but must not be lost",
        repr(["abc", "bcd", "cde", "def", "efg", "fgh", "gh", "h"]): (
            "the pieces overlap; range takes a step as its third argument"
        ),
        repr(["a", "d", "g"]): "each piece is a slice, from its beginning to its beginning + size",
        repr("abc"): "return after the loop, not within it",
        repr(["abc"]): "return after the loop, not within it",
    }
    pieces.expect("abcdefgh", 3, returns=["abc", "def", "gh"], hints=hints)
    hints = {repr(["abc", "def", ""]): "there is an empty piece at the end; stop before len(text)"}
    pieces.expect("abcdef", 3, returns=["abc", "def"], hints=hints)
    pieces.expect("hello", 1, returns=["h", "e", "l", "l", "o"])
    pieces.expect("hello", 100, returns=["hello"])
    pieces.expect("", 3, returns=[], hints={repr([""]): "of an empty text there are no pieces"})


@program_exercise
def check_guess(attempt: Attempt) -> None:
    early = "the right word ends the program; break leaves the loop"
    last = "in line with for, else is run if there was no break"
    # More is typed than is needed, so that a program that goes on is told so.
    attempt.expect_output(
        "Guess 1: Yes",
        typed=["socket", "port", "plug"],
        hints={"No": early, "Guess 2: No": early, "It was socket": last},
    )
    attempt.expect_output(
        "Guess 1: No\nGuess 2: Yes", typed=["port", "socket", "plug"], hints={"It was socket": last}
    )
    attempt.expect_output(
        "Guess 1: No\nGuess 2: No\nGuess 3: Yes",
        typed=["port", "plug", "socket"],
        hints={"It was socket": last},
    )
    attempt.expect_output(
        "Guess 1: No\nGuess 2: No\nGuess 3: No\nIt was socket",
        typed=["port", "plug", "outlet"],
        hints={"It was socket": "in line with for, else is run once, after the last round"},
    )
