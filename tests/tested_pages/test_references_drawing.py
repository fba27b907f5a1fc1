"""Pictures are valid, complete and legible: nothing overlaps, no arrow runs through a box."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from object_graphs import object_graphs

from tested_pages.references import in_words, snapshot, written_in_slots
from tested_pages.references_drawing import draw
from tested_pages.references_layout import HEADER, arrange

SVG = "{http://www.w3.org/2000/svg}"
ROUNDING = 0.1
EXAMPLES = {
    "list": ("x = [1, 'hello', 3 + 2j]", "x"),
    "alias": ("x = [1, 2, 3]; y = x", "x y"),
    "new list": ("x = [1, 2, 3]; y = x; x = x + [9]", "x y"),
    "shallow copy": ("a = [[1, 2], [3]]; b = a.copy()", "a b"),
    "name of an inner object": ("row = [0] * 3; grid = [row] * 3", "row grid"),
    "cycle": ("c = [1]; c.append(c)", "c"),
    "longer cycle": ("p = [1]; q = [p, 'q']; p.append(q)", "p q"),
    "default": ("def f(i, bucket=[]): pass\na = f.__defaults__[0]", "f a"),
    "dict": ("d = {'one': 1, 'two': [2], (1, 2): None}", "d"),
    "set": ("s = {'a', (1, 2)}; t = {1, 2}", "s t"),
    "wide characters": ("x = ['漢字漢字', '<&>\"']", "x"),
    "long": ("x = list(range(40)); y = ['y' * 30] * 3", "x y"),
    "class": ("class Dog:\n    tricks = []\nd = Dog()\nd.name = 'Fido'", "d Dog d.tricks"),
    "empty": ("x = []; y = (); z = ''", "x y z"),
}


def recorded_example(name):
    code, names = EXAMPLES[name]
    namespace = {}
    exec(code, namespace)
    return snapshot(namespace, names.split())


@pytest.fixture(params=EXAMPLES)
def recorded(request):
    return recorded_example(request.param)


def svg_of(recorded):
    return ET.fromstring(draw(recorded, "picture-1").svg)


def texts(svg):
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def points(path, steps=24):
    """Points along a path made of the commands M, H, L, C and Q, all absolute."""
    at, found = (0.0, 0.0), []
    for command, numbers in re.findall(r"([MHLCQ])([^MHLCQ]*)", path):
        values = [float(number) for number in numbers.split()]
        if command == "H":
            values = [values[0], at[1]]
        control = [at, *zip(values[::2], values[1::2], strict=True)]
        if command == "M":
            control = control[1:]
        found += [_bezier(control, step / steps) for step in range(1, steps + 1)]
        at = control[-1]
    return found


def _bezier(control, t):
    while len(control) > 1:
        control = [
            (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(control)
        ]
    return control[0]


def assert_legible(recorded):
    picture = arrange(recorded)
    for box in picture.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= picture.width
        assert box.y + box.height <= picture.height
    for one, other in combinations(picture.boxes, 2):
        apart_sideways = one.x + one.width < other.x or other.x + other.width < one.x
        apart_upright = one.y + one.height < other.y or other.y + other.height < one.y
        assert apart_sideways or apart_upright
    for arrow in picture.arrows:
        for x, y in points(arrow.path):
            assert 0 <= x <= picture.width
            assert 0 <= y <= picture.height
            for name in picture.names:
                assert x >= name.x - ROUNDING or abs(y - name.y) > 6
            for box in picture.boxes:
                right, bottom = box.x + box.width, box.y + box.height
                inside = (
                    box.x + ROUNDING < x < right - ROUNDING
                    and box.y + ROUNDING < y < bottom - ROUNDING
                )
                starts_here = (
                    box.x < arrow.start[0] < box.x + box.width
                    and box.y < arrow.start[1] < box.y + box.height
                    and x >= arrow.start[0] - ROUNDING
                    and abs(y - arrow.start[1]) < ROUNDING
                )
                assert not inside or starts_here


def test_examples_are_legible(recorded):
    assert_legible(recorded)


@given(object_graphs())
def test_any_picture_is_legible(namespace):
    assert_legible(snapshot(namespace, list(namespace)))


def test_every_arrow_starts_at_a_name_or_slot_and_ends_at_its_object(recorded):
    picture = arrange(recorded)
    written = written_in_slots(recorded)
    expected = len(recorded["names"]) + sum(
        slot["object"] is not None and slot["object"] not in written
        for record in recorded["objects"]
        for slot in record["slots"]
    )
    assert len(picture.arrows) == expected
    for arrow in picture.arrows:
        (box,) = [
            box
            for box in picture.boxes
            if box.x == arrow.tip[0] and box.y + HEADER <= arrow.tip[1] <= box.y + box.height
        ]
        assert arrow.tip[1] <= box.y + HEADER + box.body_height
        assert points(arrow.path)[-1] == pytest.approx(arrow.tip, abs=ROUNDING)


def test_names_keep_their_order():
    recorded = snapshot({"b": 1.5, "a": [1], "c": 2.5}, ["c", "a", "b"])
    names = arrange(recorded).names
    assert [name.name for name in sorted(names, key=lambda name: name.y)] == ["c", "a", "b"]


def test_straight_where_nothing_is_in_the_way():
    recorded = recorded_example("default")
    for arrow in arrange(recorded).arrows[:1]:
        assert arrow.start[1] == pytest.approx(arrow.tip[1])


def test_a_drawing_has_a_text_alternative(recorded):
    svg = svg_of(recorded)
    assert svg.get("role") == "img"
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert description.text == in_words(recorded)


def test_everything_in_the_record_is_written_in_the_drawing(recorded):
    written = texts(svg_of(recorded))
    for name in recorded["names"]:
        assert name["name"] in written
    for record in recorded["objects"]:
        if record["text"]:
            assert record["text"] in written
        for slot in record["slots"]:
            assert slot["label"] in {"", *written}


def test_what_can_be_changed_looks_different():
    svg = svg_of(snapshot({"x": [1], "y": (1,)}, ["x", "y"]))
    corners = {
        group.get("class"): group.find(f"{SVG}rect").get("rx")
        for group in svg.findall(f"{SVG}g")
        if group.get("class") != "arrow"
    }
    assert corners["mutable"] != corners["immutable"]


def test_the_same_record_gives_the_same_drawing(recorded):
    assert draw(recorded, "picture-1") == draw(recorded, "picture-1")


def test_titles():
    titles = [
        svg_of(snapshot({"x": 1, "y": 2, "z": 3}, names)).find(f"{SVG}title").text
        for names in (["x"], ["x", "y"], ["x", "y", "z"])
    ]
    assert titles == [
        "What x refers to",
        "What x and y refer to",
        "What x, y and z refer to",
    ]
