"""The exercises of the page on functions."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise


@exercise
def check_larger(attempt: Attempt) -> None:
    larger = attempt.function("larger", "larger(x, y)")
    for small, large in [(3, 5), ("hello", "there"), (-2, -1)]:
        hints = {repr(small): "this is the smaller one"}
        larger.expect(small, large, returns=large, hints=hints)
        larger.expect(large, small, returns=large, hints=hints)
    larger.expect(2, 2.0, returns=2, hints={repr(2.0): "if they are equal, return the first"})


@exercise
def check_mean(attempt: Attempt) -> None:
    mean = attempt.function("mean", "mean(numbers)")
    hints = {
        repr(3): "the mean is 3.5; divide with / to get it",
        repr(14): "this is the sum; divide it by how many numbers there are",
        repr(1.0): "the loop ended at its first number; put the return below it, not into it",
        repr(0.25): "the loop ended at its first number; put the return below it, not into it",
    }
    mean.expect([1, 2, 5, 6], returns=3.5, hints=hints)
    mean.expect([7], returns=7.0, hints={repr(7): "divide with /, which gives a float"})
    mean.expect([-3, 3], returns=0.0, hints={repr(None): "a mean of 0 is a mean"})
    hints = {
        repr(0): "0 would be the mean of [0]",
        repr("None"): "this is a string; None is written without quotes",
    }
    mean.expect([], returns=None, hints=hints)


@exercise
def check_predict(attempt: Attempt) -> None:
    hints = {
        repr([1]): "append changes the list, and items refers to it inside and outside",
        repr([9]): "items = [9] moves the arrow of the function's own name",
    }
    attempt.expect_value("items", [1, 2], hints=hints)
    hints = {repr(2): "count = count + 1 moves the arrow of the function's own name"}
    attempt.expect_value("count", 1, hints=hints)
    hints = {
        repr(None): "the function ends with return count",
        repr(1): "the function's own count is 2 when it is returned",
    }
    attempt.expect_value("result", 2, hints=hints)
