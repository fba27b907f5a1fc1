"""Checks for the exercises of the page on formatting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exercise_checks.exercises import exercise

if TYPE_CHECKING:
    from exercise_checks.attempt import Attempt


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
