"""Snapshots are true: one record an object, whatever the objects are."""

import json
import math
from collections import Counter, deque, namedtuple
from dataclasses import dataclass
from enum import Enum
from functools import partial

import pytest
from hypothesis import given
from object_graphs import Plain, object_graphs

from tested_pages.fences import Fence
from tested_pages.references import (
    MAX_OBJECTS,
    MAX_SLOTS,
    MAX_TEXT,
    ReferencesError,
    in_words,
    snapshot,
    snapshot_for_fence,
)


def words(code, names, **options):
    namespace = {}
    exec(code, namespace)
    return in_words(snapshot(namespace, names.split(), **options))


@pytest.mark.parametrize(
    ("code", "names", "expected"),
    [
        (
            "x = [1, 'hello', 3 + 2j]; y = x",
            "x y",
            "x refers to a list of 3: 1, 'hello', (3+2j). y refers to the same list as x.",
        ),
        (
            "x = [1, 2]; y = x; x = x + [9]",
            "x y",
            "x refers to a list of 3: 1, 2, 9. y refers to another list of 2: 1, 2.",
        ),
        (
            "x = 4.5; y = x",
            "x y",
            "x refers to the float 4.5. y refers to the same float as x.",
        ),
        (
            "x = 4.5; y = x; y += 3",
            "x y",
            "x refers to the float 4.5. y refers to another float 7.5.",
        ),
        (
            "grid = [[0] * 2] * 3",
            "grid",
            (
                "grid refers to a list of 3: a reference, a reference, a reference."
                " grid[0] refers to another list of 2: 0, 0."
                " grid[1] and grid[2] refer to the same list as grid[0]."
            ),
        ),
        ("x = None", "x", "x refers to None."),
        ("x = []; y = {}", "x y", "x refers to an empty list. y refers to an empty dict."),
        (
            "d = {'one': 1, 2: [3]}",
            "d",
            "d refers to a dict of 2: 'one': 1, 2: a reference. d[2] refers to a list of 1: 3.",
        ),
        (
            "def f(item, *rest, bucket=[], **more): pass",
            "f f.__kwdefaults__",
            (
                "f refers to the function f(item, *rest, bucket, **more):"
                " bucket by default a reference."
                " f.__kwdefaults__ refers to a dict of 1: 'bucket': a reference."
                " The default of bucket in f refers to an empty list."
                " f.__kwdefaults__['bucket'] refers to the same list as the default of bucket in f."
            ),
        ),
        (
            (
                "def outer():\n"
                "    n = 7\n"
                "    return (lambda: n), (lambda step: n + step)\n"
                "first, second = outer()"
            ),
            "first second",
            (
                "first refers to the function lambda: n: a reference."
                " second refers to another function lambda step: n: a reference."
                " n in first refers to a cell: contents: 7."
                " n in second refers to the same cell as n in first."
            ),
        ),
        (
            "c = [1]; c.append(c)",
            "c",
            "c refers to a list of 2: 1, a reference. c[1] refers to the same list as c.",
        ),
        (
            "class Dog:\n    tricks = []\n    def bark(self): pass\nd = Dog(); d.name = 'Fido'",
            "d Dog d.tricks",
            (
                "d refers to a Dog: name: 'Fido'. Dog refers to the class Dog: tricks: a reference."
                " d.tricks refers to an empty list. Dog.tricks refers to the same list as d.tricks."
            ),
        ),
        (
            "x = [1]; m = x.append",
            "m x",
            (
                "m refers to the method append: __self__: a reference. x refers to a list of 1: 1."
                " m.__self__ refers to the same list as x."
            ),
        ),
        (
            "s = {'b', 3, 'a', (1, 2)}",
            "s",
            (
                "s refers to a set of 4: 3, 'a', 'b', a reference."
                " Element 4 of s refers to a tuple of 2: 1, 2."
            ),
        ),
        (
            "d = {'{}': [1]}",
            "d",
            "d refers to a dict of 1: '{}': a reference. d['{}'] refers to a list of 1: 1.",
        ),
    ],
)
def test_words(code, names, expected):
    assert words(code, names) == expected


def test_a_value_that_a_name_refers_to_is_no_longer_written_into_its_slot():
    assert words("names = ['Ann', 'Bob']; name = names[1]", "names name") == (
        "names refers to a list of 2: 'Ann', a reference. name refers to the str 'Bob'."
        " names[1] refers to the same str as name."
    )


def test_depth_leaves_containers_out_but_not_values():
    assert words("x = [1, [2]]", "x", depth=1) == (
        "x refers to a list of 2: 1, a reference to a list that is not drawn."
    )


def test_depth_never_hides_that_an_object_is_shared():
    assert words("inner = [2]; x = [1, inner]", "x inner", depth=1) == (
        "x refers to a list of 2: 1, a reference. inner refers to another list of 1: 2."
        " x[1] refers to the same list as inner."
    )


def test_long_containers_say_how_much_is_missing():
    recorded = snapshot({"x": list(range(40))}, ["x"])
    assert len(recorded["objects"][0]["slots"]) == MAX_SLOTS
    assert recorded["objects"][0]["omitted"] == 40 - MAX_SLOTS
    assert f"a list of 40: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, and {40 - MAX_SLOTS} more" in (
        in_words(recorded)
    )


@pytest.mark.parametrize("value", ["x" * 1000, b"x" * 1000, 10**200])
def test_long_values_are_clipped(value):
    (record,) = snapshot({"x": value}, ["x"])["objects"]
    assert len(record["text"]) == MAX_TEXT
    assert "…" in record["text"]
    assert record["text"][0] == repr(value)[0]
    assert record["text"][-1] == repr(value)[-1]


def test_the_number_of_objects_is_bounded():
    tree = [[[[0] for _ in range(9)] for _ in range(9)] for _ in range(9)]
    recorded = snapshot({"tree": tree}, ["tree"])
    containers = [each for each in recorded["objects"] if each["type"] == "list"]
    assert len(containers) <= MAX_OBJECTS
    assert any(slot["object"] is None for each in containers for slot in each["slots"])


class Broken:
    def __repr__(self):
        raise RuntimeError("no")


class Slotted:
    __slots__ = ("filled", "never_filled")


class Noisy(list):
    def __iter__(self):
        raise AssertionError("a picture must not run the page's code")


@dataclass(frozen=True)
class Frozen:
    x: int


class Colour(Enum):
    RED = 1


Point = namedtuple("Point", "x y")


@pytest.mark.parametrize(
    ("value", "kind", "mutable", "text", "labels"),
    [
        (Broken(), "Broken", True, "(its repr raises RuntimeError)", []),
        (Plain(), "Plain", True, "", []),
        (Noisy([5]), "Noisy", True, "", ["0"]),
        (Frozen(3), "Frozen", False, "", ["x"]),
        (Point(1, 2), "Point", False, "", ["x", "y"]),
        (Colour.RED, "Colour", False, "<Colour.RED: 1>", []),
        (deque([1]), "deque", True, "", ["0"]),
        (Counter("aab"), "Counter", True, "", ["'a'", "'b'"]),
        (frozenset("a"), "frozenset", False, "", [""]),
        (bytearray(b"a"), "bytearray", True, "bytearray(b'a')", []),
        (range(3), "range", False, "range(0, 3)", []),
        (len, "built-in function", False, "len", []),
        (math, "module", True, "math", []),
        (iter([1]), "list_iterator", True, "", []),
        ((n for n in "ab"), "generator", True, "<generator object <genexpr>>", []),
    ],
)
def test_kinds_of_objects(value, kind, mutable, text, labels):
    record = snapshot({"x": value}, ["x"])["objects"][0]
    assert record["type"] == kind
    assert record["mutable"] is mutable
    assert record["text"] == text
    assert [slot["label"] for slot in record["slots"]] == labels


def test_no_address_gets_into_a_picture():
    # It would be another in each run.
    assert " at 0x" not in words("def f(): yield\ng = f(); p = [print, f, g]", "p g f")


def test_slots_that_were_never_filled_are_not_there():
    value = Slotted()
    value.filled = 1
    (label,) = [s["label"] for s in snapshot({"x": value}, ["x"])["objects"][0]["slots"]]
    assert label == "filled"


def test_an_iterator_is_not_used_up():
    iterator = iter([1, 2])
    snapshot({"x": iterator}, ["x"])
    assert next(iterator) == 1


def test_a_cell_may_still_be_empty():
    def outer():
        def inner():
            return later

        before = in_words(snapshot({"inner": inner}, ["inner"]))
        later = 1
        return before, inner

    before, _ = outer()
    assert before.endswith("later in inner refers to a cell.")


def test_objects_made_while_looking_are_not_mistaken_for_each_other():
    # Each attribute access makes a new method object; an id may be given again once one is gone.
    namespace = {"x": [1], "y": [1]}
    recorded = snapshot(namespace, ["x.append", "y.append", "x.append"])
    positions = [name["object"] for name in recorded["names"]]
    assert len(set(positions)) == 3


def test_partial_objects_are_drawn_like_any_other():
    assert words("from functools import partial; p = partial(print, 1)", "p").startswith(
        "p refers to the partial functools.partial"
    )
    assert partial(print, 1)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("", "no name is given"),
        ("missing", "the page has no name `missing` at this point"),
        ("missing.attribute", "the page has no name `missing` at this point"),
        ("x.missing", "AttributeError: 'list' object has no attribute 'missing'"),
        ("x[9]", "IndexError: list index out of range"),
        ("x[x]", "the subscript `x` is not a constant"),
        ("x.copy()", "use names, attributes and constant subscripts"),
        ("x +", "is no Python expression"),
        ("x,", "`(x,)` cannot be drawn"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(names, sentence):
    expressions = [names] if "+" in names else names.split()
    with pytest.raises(ReferencesError, match=r".+") as caught:
        snapshot({"x": [1]}, expressions)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_depth_below_one_is_refused():
    with pytest.raises(ReferencesError, match="the depth is 0: it must be 1 or more"):
        snapshot({"x": 1}, ["x"], depth=0)


def fence(argument, body="", **options):
    return Fence(3, "", "references", argument, options, body, 4)


def test_a_fence_gives_names_and_depth():
    recorded = snapshot_for_fence({"x": [[1]], "y": 2}, fence("x y", depth="1", caption="Two"))
    assert [name["name"] for name in recorded["names"]] == ["x", "y"]
    assert recorded["objects"][0]["slots"][0]["object"] is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (fence("x", body="x = 1\n"), "a references fence has no text"),
        (fence("x", depth="deep"), "the depth is `deep`: it must be a number"),
        (fence("x", captain="me"), "there is no option `:captain:`"),
    ],
)
def test_a_wrong_fence_is_refused(wrong, sentence):
    with pytest.raises(ReferencesError) as caught:
        snapshot_for_fence({"x": 1}, wrong)
    assert sentence in str(caught.value)


def children(value):
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return list(value.values())
    return list(vars(value).values()) if isinstance(value, Plain) else []


@given(object_graphs())
def test_records_and_objects_correspond_one_to_one(namespace):
    recorded = snapshot(namespace, list(namespace), depth=99)
    assert json.loads(json.dumps(recorded)) == recorded
    position_of, object_at = {}, {}
    waiting = [(namespace[name["name"]], name["object"]) for name in recorded["names"]]
    while waiting:
        value, position = waiting.pop()
        if id(value) in position_of:
            assert position_of[id(value)] == position
            continue
        assert position not in object_at
        position_of[id(value)], object_at[position] = position, value
        slots = recorded["objects"][position]["slots"]
        held = children(value)
        assert len(slots) == len(held)
        waiting += [(each, slot["object"]) for each, slot in zip(held, slots, strict=True)]
    assert len(object_at) == len(recorded["objects"])


@given(object_graphs())
def test_every_name_is_spoken_of(namespace):
    text = in_words(snapshot(namespace, list(namespace)))
    for name in namespace:
        assert name in text.replace(",", "").replace(".", " ").split()
