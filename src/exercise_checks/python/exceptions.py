"""Checks of the exercises on the page `python/exceptions`."""

from exercise_checks.attempt import Attempt, AttemptedFunction, NotAsExpected
from exercise_checks.exercises import exercise


@exercise
def check_number(attempt: Attempt) -> None:
    to_number = attempt.function("to_number", "to_number(text)")
    to_number.expect("2.5", returns=2.5, hints={"None": "is there a slip in the try?"})
    to_number.expect("2,5", returns=2.5, hints={"None": "replace the comma by a point first"})
    to_number.expect(" -4 ", returns=-4.0, hints={"-4": "float, not int"})
    for text in ("two", "", "1,2,3"):
        to_number.expect(text, returns=None)
    try:
        returned = to_number(None)
    except NotAsExpected:
        return
    raise NotAsExpected(
        f"to_number(None) returned {returned!r}, and so hides a mistake of its caller;"
        " catch ValueError, and nothing else"
    )


@exercise
def check_port(attempt: Attempt) -> None:
    port_number = attempt.function("port_number", "port_number(text)")
    for port in (1, 80, 9999, 65535):
        port_number.expect(str(port), returns=port, hints={repr(str(port)): "make an int of it"})
    for text in ("0", "65536", "70000", "-1"):
        _refused(port_number, text)
    for text in ("http", "80.5", ""):
        cause = _refused(port_number, text).__cause__
        if not isinstance(cause, ValueError):
            raise NotAsExpected(
                f"the ValueError of port_number({text!r}) has no cause;"
                " write except ValueError as error, and raise ... from error"
            )


@exercise
def check_order(attempt: Attempt) -> None:
    unasked = "else has its turn only if the try comes to its end, and return leaves it before"
    attempt.expect_value(
        "words",
        ["try", "finally", "returned"],
        hints={
            repr(["try", "returned"]): "finally is for always, after a return too",
            repr(["try", "returned", "finally"]): "finally runs before the caller gets the value",
            repr(["try", "finally"]): "the caller prints what is returned",
            repr(["try", "else", "finally"]): unasked,
            repr(["try", "else", "finally", "returned"]): unasked,
            repr(["try", "else", "returned", "finally"]): unasked,
            repr("try finally returned"): "write a list, with quotes around each word",
        },
    )


def _refused(port_number: AttemptedFunction, text: str) -> BaseException:
    """The exception with which the function refuses the text."""
    try:
        returned = port_number(text)
    except NotAsExpected as failure:
        error = failure.__cause__
        if not isinstance(error, ValueError):
            raise NotAsExpected(f"{failure}; expected a ValueError") from error
        if str(error) != f"no port: {text}":
            raise NotAsExpected(f"{failure}; expected the message 'no port: {text}'") from error
        return error
    raise NotAsExpected(
        f"port_number({text!r}) returned {returned!r}; expected it to raise a ValueError"
    )
