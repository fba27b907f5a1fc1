import re
from pathlib import Path

import pytest

import tested_pages

PALETTE = Path(tested_pages.__file__).parent / "static" / "palette.css"

# What is written on what, in static/terminals.css, wires.css and examples_run.css.
TEXTS = [
    ("ink", ["paper", "surface", "data-soft", "fail-soft"]),
    ("quiet", ["paper", "surface"]),
    ("typed", ["paper", "surface"]),
    ("label-ink", ["label"]),
    ("wait", ["wait-soft"]),
    ("fail", ["surface", "fail-soft"]),
]
# What is drawn on what.
SHAPES = [("data", "surface"), ("fail", "surface"), ("wait-bar", "surface")]


def colours(theme):
    """Colours by name, as numbers from 0 to 1."""
    light, dark = re.findall(r"\{(.*?)\}", PALETTE.read_text(), re.DOTALL)
    text = {"light": light, "dark": dark}[theme]
    found = re.findall(r"--tested-([\w-]+): #(..)(..)(..);", text)
    return {name: [int(part, 16) / 255 for part in parts] for name, *parts in found}


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def test_each_colour_has_a_dark_twin():
    assert colours("light").keys() == colours("dark").keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_can_be_read(theme):
    palette = colours(theme)
    weak = {
        (text, ground): round(contrast(palette[text], palette[ground]), 2)
        for text, grounds in TEXTS
        for ground in grounds
        if contrast(palette[text], palette[ground]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_shapes_can_be_seen(theme):
    palette = colours(theme)
    weak = {
        shape: round(contrast(palette[shape], palette[ground]), 2)
        for shape, ground in SHAPES
        if contrast(palette[shape], palette[ground]) < 3
    }
    assert weak == {}
