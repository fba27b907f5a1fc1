"""Hints for failures."""

import pytest

from exercise_checks.attempt import AsksForInput, NotAsExpected, NotTried
from exercise_checks.error_hints import error_hints

HINTS = {"KeyError": "look at the keys", "Error": "something went wrong"}


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (NotAsExpected("f() raised KeyError: 7"), "f() raised KeyError: 7 (look at the keys)"),
        (NotAsExpected("f() raised IndexError"), "f() raised IndexError (something went wrong)"),
        (NotAsExpected("f() returned 3"), "f() returned 3"),
        (NotTried("no f, which is no Error"), "no f, which is no Error"),
        (AsksForInput("no Error, input"), "no Error, input"),
    ],
)
def test_the_first_hint_that_fits_is_added(failure: Exception, message: str) -> None:
    with pytest.raises(type(failure)) as raised, error_hints(HINTS):
        raise failure
    assert type(raised.value) is type(failure)
    assert str(raised.value) == message


def test_what_goes_well_needs_no_hint() -> None:
    with error_hints(HINTS):
        reached = True
    assert reached
