"""Checks for the exercises of the page on formatting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exercise_checks.exercises import exercise

if TYPE_CHECKING:
    from exercise_checks.attempt import Attempt


@exercise
def check_specifications(attempt: Attempt) -> None:
    attempt.expect_value(
        "short",
        "1234.6",
        hints={
            repr("{x:.1f}"): "the f before the quote is missing",
            "1234.6": "a string is wanted; round gives a number",
            repr("1e+03"): ".1f asks for one digit after the point; .1 does not",
        },
    )
    attempt.expect_value("grouped", "1,234.57", hints={repr("1234.57"): "a comma goes before .2f"})
    attempt.expect_value(
        "padded",
        "    1235",
        hints={
            repr("1235"): "the width goes before the decimals",
            repr("1235    "): "a number goes to the right, a string to the left",
            repr("1234.5678"): "a width cuts nothing; .0f leaves no digits after the point",
        },
    )
    attempt.expect_value(
        "zeros", "00001235", hints={repr("    1235"): "8 fills with spaces, 08 with zeros"}
    )
    attempt.expect_value(
        "boxed",
        "[1234.568  ]",
        hints={
            repr("[  1234.568]"): "a number goes to the right, unless < sends it to the left",
            repr("1234.568  "): "the brackets stand in the text, around the braces",
        },
    )
    typed = "let the f-string make it of x"
    others = {
        "short": "98.8",
        "grouped": "98.77",
        "padded": "      99",
        "zeros": "00000099",
        "boxed": "[98.765    ]",
    }
    for name, answer in others.items():
        hints = {repr(vars(attempt.module)[name]): typed}
        attempt.expect_value(name, answer, hints=hints, given={"x": 98.7654})


@exercise
def check_price_line(attempt: Attempt) -> None:
    price_line = attempt.function("price_line", "price_line(name, price)")
    hints = {
        repr("{name:20}{price:8.2f}"): "the f before the quote is missing",
        repr(f"{'Tea':20}{2.5:8}"): ".2f asks for two digits after the point; .2 does not",
        repr(f"{'Tea':20}{2.5:.2f}"): "the price has 8 columns of its own",
        repr(f"Tea{2.5:8.2f}"): "the name fills 20 columns",
        repr(f"{'Tea':>20}{2.5:8.2f}"): "the name stands on the left of its columns",
        repr(f"{'Tea':20} {2.5:8.2f}"): "20 + 8 columns, without a space between the braces",
        repr(f"{'Tea':20}{2.5:<8.2f}"): "the price stands on the right of its columns",
    }
    price_line.expect("Tea", 2.5, returns="Tea                     2.50", hints=hints)
    price_line.expect("Chocolate", 12, returns="Chocolate              12.00")
    price_line.expect("Nails", 0.049, returns="Nails                   0.05")


@exercise
def check_clock(attempt: Attempt) -> None:
    clock = attempt.function("clock", "clock(seconds)")
    hints = {
        repr("1:2:3"): "minutes and seconds have two digits; the specification 02 fills with zeros",
        repr("1: 2: 3"): "the specification 2 fills with spaces, 02 with zeros",
        repr("1:62:03"): "62 minutes make an hour and 2 minutes; % 60 leaves out whole hours",
        repr("1:02:3723"): "3723 is all the seconds; % 60 leaves out whole minutes",
        repr("1:62:3723"): "of the minutes and seconds only what is left over counts: % 60",
        repr("01:02:03"): "the hours have no zero in front",
        repr(f"{3723 / 3600}:{3723 / 60 % 60:02}:03"): "/ makes a fraction; // gives whole hours",
    }
    clock.expect(3723, returns="1:02:03", hints=hints)
    hints = {repr("0:01:59"): "59 seconds are no minute yet: .0f rounds, // leaves out the rest"}
    clock.expect(59, returns="0:00:59", hints=hints)
    clock.expect(7200, returns="2:00:00")
    clock.expect(86399, returns="23:59:59")
    clock.expect(360000, returns="100:00:00")
