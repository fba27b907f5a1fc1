"""The functions of the page on first-class functions, where the page does not show them."""

import operator
from functools import reduce
from pathlib import Path

import pytest

import tutorial_examples
from tutorial_examples.python.first_class_functions import (
    compose,
    count_matching,
    function_as_parameter,
    higher_order,
    inner_function,
    make_adder,
    make_total,
    twice,
)

FOLDER = Path(tutorial_examples.__file__).parent / "python" / "first_class_functions"
PAGE = "python/first_class_functions"


def test_apply_hands_on_what_the_function_does():
    assert function_as_parameter.apply(function_as_parameter.square, -1.5) == 2.25
    assert function_as_parameter.apply([].append, 1) is None
    with pytest.raises(ValueError, match="invalid literal"):
        function_as_parameter.apply(int, "one")


@pytest.mark.parametrize("number", [-3, -2, -1, 0, 1, 2])
def test_even_numbers(number):
    assert higher_order.is_even(number) is (number in (-2, 0, 2))


@pytest.mark.parametrize("values", [[1], [1, 2, 3], ["a", "b"], [[1], [2]]])
def test_small_functions(values):
    assert reduce(higher_order.plus, values) == reduce(operator.add, values)
    assert list(map(higher_order.double, values)) == [value * 2 for value in values]


def test_double_and_add():
    assert inner_function.double_and_add(0, -1) == -1
    assert inner_function.double_and_add("ab", "c") == "ababc"


def test_each_adder_has_its_own_number():
    adders = [make_adder.make_adder(x) for x in range(3)]
    assert [add(10) for add in adders] == [10, 11, 12]
    assert make_adder.make_adder("a")("b") == "ab"


def test_composed_functions_can_be_composed():
    shout = compose.compose(str.upper, compose.compose(str.strip, str))
    assert shout(" a ") == "A"


def test_twice_twice_is_four_times():
    assert twice.twice(twice.twice(higher_order.double))(1) == 16


@pytest.mark.parametrize(("items", "count"), [((), 0), ("aXbX", 2), ({"X": 1}, 1), ([""], 0)])
def test_count_matching(items, count):
    assert count_matching.count_matching(str.isupper, items) == count


def test_totals_take_negative_amounts_and_none_at_all():
    add = make_total.make_total()
    assert [add(amount) for amount in (0, 2.5, -5)] == [0, 2.5, -2.5]


TOTAL_OF_A_LIST = """
def make_total():
    amounts = []
    def add(amount):
        amounts.append(amount)
        return sum(amounts)
    return add
"""


@pytest.mark.parametrize(
    ("exercise", "source"),
    [
        *(
            (name, (FOLDER / f"{name}.py").read_text(encoding="utf-8"))
            for name in ("count_matching", "compose", "make_total", "twice")
        ),
        (
            "count_matching",
            "def count_matching(test, items):\n    return len(list(filter(test, items)))\n",
        ),
        ("make_total", TOTAL_OF_A_LIST),
    ],
)
def test_right_answers_pass_their_checks(check_answer, exercise, source):
    assert check_answer(PAGE, exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return lambda x: function(x)", "the function was called once"),
        ("return lambda x: [function(x), function(x)]", "both calls got the 3"),
        ("return lambda x: 4 * x", "twice(add_one)(3) returned 12; expected 5"),
        ("def call(x):\n        function(function(x))\n    return call", "needs a return too"),
        ("def call(x):\n        return function(function(x))", "twice(double) returned None"),
        ("return function(function(3))", "twice(double) returned 12; expected a function"),
        ("return function(function)", "twice(double) raised TypeError"),
        (
            "global f\n    f = function\n    return lambda x: f(f(x))",
            "another call of twice changed this one",
        ),
    ],
)
def test_wrong_ways_to_do_it_twice(check_answer, body, message):
    verdict = check_answer(PAGE, "twice", f"def twice(function):\n    {body}\n")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("len([item for item in items if test])", "every item was counted"),
        ("len(filter(test, items))", "object of type 'filter' has no len() at answer.py:2"),
        ("list(filter(test, items))", "their number is asked for"),
        ("list(map(test, items))", "count those that are true"),
        ("sum(map(test, items))", "count_matching(len, ['', 'one', 'three']) returned 8; expected"),
        ("len([item for item in items if test(item) == True])", "while == True does not"),
        ("test(items)", "count_matching(str.isupper, ['TCP', 'udp', 'IP']) raised TypeError"),
    ],
)
def test_wrong_counts(check_answer, result, message):
    source = f"def count_matching(test, items):\n    return {result}\n"
    verdict = check_answer(PAGE, "count_matching", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return lambda x: inner(outer(x))", "returned 11; expected 12 (outer was called first"),
        ("return lambda x: outer(x)", "inner was not called"),
        ("return lambda x: inner(x)", "outer was not called"),
        ("return outer(inner)", "compose(double, add_one) raised TypeError"),
        ("return outer(inner(5))", "returned 12; expected a function"),
        ("lambda x: outer(inner(x))", "returned None; expected a function"),
        (
            "global f, g; f, g = outer, inner; return lambda x: f(g(x))",
            "compose(double, add_one)(0) returned 1; expected 2 (another call of compose",
        ),
    ],
)
def test_wrong_compositions(check_answer, body, message):
    source = f"def compose(outer, inner):\n    {body}\n"
    verdict = check_answer(PAGE, "compose", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


TOTAL = """
total = 0
def make_total():
    FIRST
    def add(amount):
        SECOND
        return total
    return add
"""


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("total = 0", "total = total + amount", "with a value at answer.py:6 (nonlocal says"),
        ("total = 0", "total = amount", "add(28) returned 28; expected 128 (after add(100); the"),
        ("total = 0", "nonlocal total; total = total or amount", "second amount was not added"),
        ("pass", "global total; total = total + amount", "the two totals are mixed up"),
        (
            "global total; total = 0",
            "global total; total = total + amount",
            "add(0) returned 5; expected 128 (another call of make_total changed this total)",
        ),
    ],
)
def test_wrong_totals(check_answer, first, second, message):
    source = TOTAL.replace("FIRST", first).replace("SECOND", second)
    verdict = check_answer(PAGE, "make_total", source)
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


def test_a_total_that_is_called_instead_of_returned(check_answer):
    source = TOTAL.replace("return add", "return add(0)").replace("FIRST", "total = 0")
    verdict = check_answer(PAGE, "make_total", source.replace("SECOND", "nonlocal total"))
    assert (
        "make_total() returned 0; expected a function (return a function itself" in verdict.message
    )
