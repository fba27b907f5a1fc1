"""Checks of the exercises on the page `python/branches`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise, program_exercise


@exercise
def check_february(attempt: Attempt) -> None:
    february = attempt.function("february", "february(year)")
    divided = "1900 can be divided by 100, and not by 400"
    february.expect(2023, returns=28)
    february.expect(2024, returns=29)
    february.expect(1900, returns=28, hints={repr(29): divided})
    february.expect(
        2000, returns=29, hints={repr(28): "2000 can be divided by 400; ask that first"}
    )
    february.expect(2100, returns=28)
    february.expect(2400, returns=29)
    february.expect(2026, returns=28)


@exercise
def check_reply(attempt: Attempt) -> None:
    reply = attempt.function("reply", "reply(line)")
    hints = {
        repr("HELLO"): "a name takes one word; one with a star takes any number of them",
        repr("what?"): "a name takes one word; one with a star takes any number of them",
        repr(["HELLO", "THERE"]): "join the words with a space",
        repr("UPPER HELLO THERE"): "the command is not one of the words",
    }
    reply.expect("upper hello there", returns="HELLO THERE", hints=hints)
    reply.expect("upper   two  gaps ", returns="TWO GAPS", hints={repr("  TWO  GAPS "): _SPLIT})
    reply.expect("upper", returns="")
    hints = {
        repr(2): "the answer is a string; str makes one",
        repr("3"): "the command is not one of the words",
        repr("11"): "these are the letters; count the words",
    }
    reply.expect("count hello there", returns="2", hints=hints)
    reply.expect("count", returns="0", hints={repr("what?"): "there may be no words at all"})
    reply.expect("quit", returns="bye")
    reply.expect("quit now", returns="what?", hints={repr("bye"): "quit stands alone"})
    reply.expect("hello", returns="what?")
    reply.expect("uppercase hello", returns="what?", hints={repr("HELLO"): "compare whole words"})
    reply.expect("", returns="what?", hints={repr(None): "a line may be empty; end with case _"})


_SPLIT = "split without an argument takes any number of spaces for one"


@program_exercise
def check_fare(attempt: Attempt) -> None:
    order = "the first condition that is true decides; is it the one for this age?"
    for age, price in [(5, "0.00"), (10, "1.50"), (30, "3.00"), (70, "2.00")]:
        wrong = {"0.00", "1.50", "3.00", "2.00"} - {price}
        attempt.expect_output(
            f"Age: {price}",
            typed=[str(age)],
            hints={f"Age: {other}": order for other in wrong}
            | {"Age: ": "print in every case: the last line belongs to no block"},
        )
    for age, price in [(6, "1.50"), (18, "3.00"), (65, "2.00")]:
        attempt.expect_output(f"Age: {price}", typed=[str(age)])
