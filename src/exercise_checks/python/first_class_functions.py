"""The exercises of the page on first-class functions."""

from exercise_checks.attempt import Attempt
from exercise_checks.error_hints import error_hints
from exercise_checks.exercises import exercise


def double(x: int) -> int:
    return 2 * x


def add_one(x: int) -> int:
    return x + 1


@exercise
def check_count_matching(attempt: Attempt) -> None:
    count_matching = attempt.function("count_matching", "count_matching(test, items)")
    hints = {
        repr(3): "every item was counted; call test with each",
        repr(["TCP", "IP"]): "these are the items that pass; their number is asked for",
        repr([True, False, True]): "these are the answers of test; count those that are true",
    }
    count_matching.expect(str.isupper, ["TCP", "udp", "IP"], returns=2, hints=hints)
    hints = {
        repr(8): "the test returned 0, 3 and 5; whatever is true counts as one",
        repr(0): "the test returned 0, 3 and 5; if takes 3 and 5 for true, while == True does not",
    }
    count_matching.expect(len, ["", "one", "three"], returns=2, hints=hints)
    count_matching.expect(str.isupper, [], returns=0)


@exercise
def check_compose(attempt: Attempt) -> None:
    compose = attempt.function("compose", "compose(outer, inner)")
    doubled_after = compose.returned_function(double, add_one)
    hints = {
        repr(11): "outer was called first; inner goes first",
        repr(10): "inner was not called",
        repr(6): "outer was not called",
    }
    doubled_after.expect(5, returns=12, hints=hints)
    increased_after = compose.returned_function(add_one, double)
    increased_after.expect(5, returns=11)
    doubled_after.expect(0, returns=2, hints={repr(1): "another call of compose changed this one"})
    compose.returned_function(len, str).expect(1000, returns=4)


@exercise
def check_twice(attempt: Attempt) -> None:
    twice = attempt.function("twice", "twice(function)")
    doubled = twice.returned_function(double)
    hints = {
        repr(6): "the function was called once; call it again with what came of it",
        repr([6, 6]): "both calls got the 3; the second one gets what came of the first",
        repr(None): "the inner function needs a return too",
    }
    doubled.expect(3, returns=12, hints=hints)
    increased = twice.returned_function(add_one)
    increased.expect(3, returns=5)
    doubled.expect(1, returns=4, hints={repr(3): "another call of twice changed this one"})
    twice.returned_function(str.strip).expect(" a ", returns="a")


@exercise
def check_make_total(attempt: Attempt) -> None:
    make_total = attempt.function("make_total", "make_total()")
    add = make_total.returned_function(called="add")
    with error_hints({"UnboundLocalError": "nonlocal says that make_total's name is meant"}):
        add.expect(100, returns=100)
    hints = {
        repr(28): "after add(100); the sum began anew, so give it its 0 in make_total",
        repr(100): "after add(100); the second amount was not added",
    }
    add.expect(28, returns=128, hints=hints)
    other = make_total.returned_function(called="add_other")
    hints = {repr(133): "the two totals are mixed up; keep the sum in a local name of make_total"}
    other.expect(5, returns=5, hints=hints)
    hints = {
        repr(5): "another call of make_total changed this total",
        repr(0): "another call of make_total changed this total",
    }
    add.expect(0, returns=128, hints=hints)
