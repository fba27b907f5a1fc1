"""Checks of the exercises on the page `python/branches`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise, program_exercise


@exercise
def check_port_kind(attempt: Attempt) -> None:
    port_kind = attempt.function("port_kind", "port_kind(port)")
    border = "look at the numbers on the borders: below 1024 leaves the 1024 out"
    order = "the first condition that is true decides; ask in another order"
    port_kind.expect(22, returns="system", hints={repr("user"): order, repr("dynamic"): order})
    port_kind.expect(8080, returns="user", hints={repr("dynamic"): order, repr("system"): order})
    port_kind.expect(60000, returns="dynamic", hints={repr("user"): order, repr("system"): order})
    port_kind.expect(1024, returns="user", hints={repr("system"): border})
    port_kind.expect(1023, returns="system")
    port_kind.expect(49152, returns="dynamic", hints={repr("user"): border})
    port_kind.expect(49151, returns="user")
    port_kind.expect(1, returns="system")
    port_kind.expect(65535, returns="dynamic", hints={repr("no port"): "65535 is a port"})
    below = "0 and what is below are no ports"
    port_kind.expect(0, returns="no port", hints={repr("system"): below})
    port_kind.expect(-1, returns="no port", hints={repr("system"): below})
    hints = {repr("dynamic"): "what is above 65535 is no port"}
    port_kind.expect(65536, returns="no port", hints=hints)


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
