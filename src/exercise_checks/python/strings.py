"""Checks for the exercises of the page on strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exercise_checks.exercises import exercise

if TYPE_CHECKING:
    from exercise_checks.attempt import Attempt


@exercise
def check_names(attempt: Attempt) -> None:
    hints = {
        repr("tea"): "the third line assigns a anew",
        repr("TEA"): "+ '!' makes another string, and that one gets the name",
        repr("tea!"): "+ takes the string that upper returns",
    }
    attempt.expect_value("a", "TEA!", hints=hints)
    hint = "no string changes; b refers to the first one as before"
    attempt.expect_value("b", "tea", hints={repr("TEA!"): hint, repr("TEA"): hint})
    hints = {
        "2": "count those that never had a name, too",
        "3": "upper returns a string, + makes another one of it and '!', which is a string as well",
        "5": "b = a makes no string; it gives the first one a second name",
    }
    attempt.expect_value("strings", 4, hints=hints)
    hints = {
        "0": "what upper returns is used for + and gets no name",
        "1": "upper returns a string, and '!' is one as well",
        "3": "'tea' and 'TEA!' have names",
    }
    attempt.expect_value("nameless", 2, hints=hints)


@exercise
def check_masked(attempt: Attempt) -> None:
    masked = attempt.function("masked", "masked(number)")
    hints = {
        repr("*" * 12 + "1"): "[-4] is one character; [-4:] is all from there to the end",
        repr("*" * 16 + "1234"): "the last four are not masked, so there are four stars fewer",
        repr("1234"): "the stars are missing",
    }
    masked.expect("4929123456781234", returns="************1234", hints=hints)
    hints = {repr("*" * 12 + "2345"): "the numbers differ in length: len(number) tells"}
    masked.expect("378212345672345", returns="***********2345", hints=hints)
    masked.expect("00005", returns="*0005")
    masked.expect("1234", returns="1234")


@exercise
def check_palindrome(attempt: Attempt) -> None:
    is_palindrome = attempt.function("is_palindrome", "is_palindrome(text)")
    hint = "a string never equals what reversed() returns; text[::-1] is a string"
    is_palindrome.expect("level", returns=True, hints={repr(False): hint})
    is_palindrome.expect("levels", returns=False)
    hint = "'A' and 'a' differ until lower() makes them alike; name or use what it returns"
    is_palindrome.expect("Anna", returns=True, hints={repr(False): hint})
    hint = "the spaces count in this comparison; replace(' ', '') returns a string without them"
    is_palindrome.expect("never odd or even", returns=True, hints={repr(False): hint})
    is_palindrome.expect("Was it a cat I saw", returns=True)
    is_palindrome.expect("Never even or odd", returns=False)
    is_palindrome.expect("abcda", returns=False, hints={repr(True): "compare all characters"})
