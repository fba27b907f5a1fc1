"""Draws what names refer to: a snapshot becomes an SVG picture with a text that says the same."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from tested_pages.references import in_words
from tested_pages.references_layout import HEADER, ROW, arrange, number

if TYPE_CHECKING:
    from tested_pages.references import Snapshot
    from tested_pages.references_layout import Arrow, Box, Cell, Name

_IMMUTABLE_CORNER = 10.0
_MUTABLE_CORNER = 2.0
_BASELINE = 5.0
_HEAD_LENGTH = 8.0
_HEAD_HALF_WIDTH = 4.0


class Drawing(NamedTuple):
    """A picture and its natural width in pixels, at which text has its intended size."""

    svg: str
    width: float


def draw(recorded: Snapshot, identifier: str) -> Drawing:
    """Draw a snapshot as inline SVG, coloured by `static/references.css`.

    Args:
        recorded: What to draw.
        identifier: Begins the ids in the picture; must be unique in its HTML document.
    """
    picture = arrange(recorded)
    names = [name["name"] for name in recorded["names"]]
    width, height = number(picture.width), number(picture.height)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"'
        f' aria-labelledby="{identifier}-title {identifier}-words">'
    )
    parts = [
        opening,
        f'<title id="{identifier}-title">{escape(_title(names))}</title>',
        f'<desc id="{identifier}-words">{escape(in_words(recorded))}</desc>',
        *(_box(box) for box in picture.boxes),
        *(_arrow(arrow) for arrow in picture.arrows),
        *(_name(name) for name in picture.names),
        "</svg>",
    ]
    return Drawing("\n".join(parts), picture.width)


def _title(names: list[str]) -> str:
    if len(names) == 1:
        return f"What {names[0]} refers to"
    return f"What {', '.join(names[:-1])} and {names[-1]} refer to"


def _name(name: Name) -> str:
    return _text(name.name, name.x - 5, name.y, "name", anchor="end")


def _arrow(arrow: Arrow) -> str:
    x, y = arrow.tip
    head = (
        f"M{number(x)} {number(y)}l{number(-_HEAD_LENGTH)} {number(-_HEAD_HALF_WIDTH)}"
        f"v{number(2 * _HEAD_HALF_WIDTH)}z"
    )
    start = ""
    if arrow.from_slot:
        start = f'<circle cx="{number(arrow.start[0])}" cy="{number(arrow.start[1])}" r="3.5"/>'
    return f'<g class="arrow">{start}<path class="line" d="{arrow.path}"/><path d="{head}"/></g>'


def _box(box: Box) -> str:
    record = box.record
    corner = _MUTABLE_CORNER if record["mutable"] else _IMMUTABLE_CORNER
    body_top = box.y + HEADER
    frame = (
        f'<rect x="{number(box.x)}" y="{number(body_top)}" width="{number(box.width)}"'
        f' height="{number(box.body_height)}" rx="{number(corner)}"/>'
    )
    style = "mutable" if record["mutable"] else "immutable"
    parts = [f'<g class="{style}">', _text(record["type"], box.x + 1, box.y + 7, "type"), frame]
    if record["text"]:
        middle = box.x + box.width / 2
        parts.append(_text(record["text"], middle, body_top + ROW / 2, "value", anchor="middle"))
    for rank, cell in enumerate(box.cells):
        parts.append(_row_cell(box, cell, rank) if box.in_a_row else _table_row(box, cell))
    parts.append("</g>")
    return "\n".join(parts)


def _row_cell(box: Box, cell: Cell, rank: int) -> str:
    x, y = box.x + cell.x, box.y + cell.y
    middle = x + cell.width / 2
    parts = [_cell_text(cell, middle, y + ROW / 2)]
    if rank and box.record["shape"] != "set":
        parts.append(f'<path class="rule" d="M{number(x)} {number(y)}v{number(ROW)}"/>')
    if cell.label:
        parts.append(_text(cell.label, middle, y + ROW + 7, "label", anchor="middle"))
    return "".join(parts)


def _table_row(box: Box, cell: Cell) -> str:
    x, y = box.x + cell.x, box.y + cell.y
    parts = [_cell_text(cell, x + cell.width / 2, y + ROW / 2)]
    if y > box.y + HEADER:
        rule = f"M{number(box.x)} {number(y)}h{number(box.width)}"
        parts.append(f'<path class="rule" d="{rule}"/>')
    if cell.label:
        style = "value" if box.record["shape"] == "mapping" else "label"
        parts.append(f'<path class="rule" d="M{number(x)} {number(y)}v{number(ROW)}"/>')
        parts.append(_text(cell.label, (box.x + x) / 2, y + ROW / 2, style, anchor="middle"))
    return "".join(parts)


def _cell_text(cell: Cell, x: float, y: float) -> str:
    if cell.text is None:
        return ""
    return _text(cell.text, x, y, "label" if cell.left_out else "value", anchor="middle")


def _text(content: str, x: float, y: float, style: str, anchor: str = "start") -> str:
    """Text whose lower-case letters are centred on `y`."""
    return (
        f'<text class="{style}" x="{number(x)}" y="{number(y + _BASELINE)}"'
        f' text-anchor="{anchor}" xml:space="preserve">{escape(content)}</text>'
    )
