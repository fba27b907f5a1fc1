"""Checks of the exercises on the page `python/truth`."""

from exercise_checks.attempt import Attempt
from exercise_checks.error_hints import error_hints
from exercise_checks.exercises import exercise

AS_IT_IS = "one of the operands comes out, as it is"
IN_A_LIST = "put the default into a list of its own, so that [0] fits both"


@exercise
def check_predict(attempt: Attempt) -> None:
    attempt.expect_value("a", "tea", hints={"True": AS_IT_IS, "''": "'' is empty"})
    attempt.expect_value(
        "b",
        0,
        hints={"False": AS_IT_IS, "'tea'": "'tea' counts as true, so the right operand comes out"},
    )
    attempt.expect_value("c", [], hints={"False": AS_IT_IS, "0.0": "1 / 0 is an error"})
    attempt.expect_value(
        "d", False, hints={"True": "'False' has five characters", "'False'": "not gives a Boolean"}
    )
    attempt.expect_value("e", 1, hints={"True": AS_IT_IS})
    attempt.expect_value(
        "f", 2, hints={"True": "+ adds, and True is 1", "1": "3 > 2 > 1 is chained, and true"}
    )


@exercise
def check_leap(attempt: Attempt) -> None:
    is_leap = attempt.function("is_leap", "is_leap(year)")
    compare = f"compare each remainder with 0, since {AS_IT_IS}"
    whole = {"24": compare, "4": compare, "1": compare, "0": compare}
    is_leap.expect(2024, returns=True, hints=whole)
    is_leap.expect(2023, returns=False, hints={**whole, "True": "2023 cannot be divided by 4"})
    is_leap.expect(1900, returns=False, hints={**whole, "True": "1900 can be divided by 100"})
    is_leap.expect(2000, returns=True, hints={**whole, "False": "2000 can be divided by 400"})
    is_leap.expect(2100, returns=False)
    is_leap.expect(1996, returns=True)


@exercise
def check_first(attempt: Attempt) -> None:
    first = attempt.function("first", "first(items, default)")
    empty = "an empty list has no items[0]; let or replace the list before"
    with error_hints({"IndexError": empty}):
        first.expect(
            ["Ann", "Bob"],
            "nobody",
            returns="Ann",
            hints={
                repr(["Ann", "Bob"]): "this is the whole list; its first element is asked for",
                repr("nobody"): "this list is not empty",
                repr("A"): "this is the first character of 'Ann'",
            },
        )
        first.expect([], "nobody", returns="nobody", hints={"[]": AS_IT_IS, "'n'": IN_A_LIST})
        zero = "0 counts as false; the list does not, so let or ask for the list"
        first.expect([0, 1], 7, returns=0, hints={"7": zero, "1": zero})
        first.expect(["", "Bob"], "nobody", returns="")
        first.expect([], None, returns=None)
