"""Programs side by side, and what they call and send each other from top to bottom.

A picture is a list of rows in order. It becomes HTML that reads as sentences and that
`static/wires.css` draws as lanes with arrows, and plain sentences for builders without HTML.

The HTML, which scripts may also write, row by row:

    <figure class="wire wire-of-2">                  number of lanes
      <figcaption>...</figcaption>
      <p class="wire-lanes"><span class="wire-glue">Programs: </span>
        <span class="wire-lane">server</span><span class="wire-glue">, </span>
        <span class="wire-lane">client</span></p>
      <ol class="wire-calls">
        <li class="wire-call wire-at-1">             what one program does, in its lane
          <span class="wire-who">server</span><span class="wire-glue">: </span>
          <span class="wire-box"><code>recvfrom(1024)</code> waits</span></li>
        <li class="wire-message wire-from-2 wire-to-1 wire-leftwards">   what one sends another
          <span class="wire-who">client → server</span><span class="wire-glue">: </span>
          <span class="wire-what">5 bytes <code>b'hello'</code></span>
          <span class="wire-glue"> (</span><span class="wire-sent"><code>sendto</code></span>
          <span class="wire-glue">, </span>
          <span class="wire-received"><code>recvfrom</code></span><span class="wire-glue">)</span>
          <span class="wire-glue">, </span><span class="wire-note">from port 53412</span></li>
      </ol>
    </figure>

Lanes are counted from 1, up to 4; of more lanes a list of sentences is shown. A message goes
`wire-rightwards` or `wire-leftwards`. Further classes of a row: one of `wire-waits` (a call that
begins to wait), `wire-kept` (sent, and received only in a later row), `wire-lost` (sent and never
received) and `wire-failed` (an exception); `wire-receives` for a call that returns what was sent
in an earlier row, and for what a program sends to itself; `wire-waiting-1` and so on for each lane
in which a call waits during this row, `wire-returned-1` and so on where it returns; `wire-more`
for a row that stands for several.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Literal

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.util.docutils import SphinxTranslator
    from sphinx.writers.html5 import HTML5Translator

Outcome = Literal["", "waits", "kept", "lost", "failed"]

MOST_LANES = 4


@dataclass(frozen=True)
class Row:
    """What one program does, or what it sends another one.

    Attributes:
        lane: Position of the program, from 0.
        to: Position of the program that it sends to; None if it sends nothing.
        call: Python code of its call; empty if it made none.
        words: Plain words that follow, or stand for, the call.
        what: Size or kind of what is sent or received, in words.
        data: What is sent or received, as Python writes it.
        received: Python code of the call that received it.
        received_words: Plain words that follow, or stand for, that call.
        received_data: What that call returned, as Python writes it; empty if it was `data`.
        note: A remark, in plain words.
        outcome: "waits" for a call that waits; of a message "kept" if it is received in a later
            row and "lost" if it never is; "failed" for an exception; else empty.
        waiting: Positions of programs that wait in a call from before this row to after it.
        returned: Positions of programs whose waiting call returns in this row.
        stands_for_more: Whether the row stands for several.
    """

    lane: int
    to: int | None = None
    call: str = ""
    words: str = ""
    what: str = ""
    data: str = ""
    received: str = ""
    received_words: str = ""
    received_data: str = ""
    note: str = ""
    outcome: Outcome = ""
    waiting: tuple[int, ...] = ()
    returned: tuple[int, ...] = ()
    stands_for_more: bool = False


@dataclass(frozen=True)
class Picture:
    """Rows, and the names of the lanes they are drawn in."""

    lanes: tuple[str, ...]
    rows: tuple[Row, ...]


def names_in(option: str) -> list[str]:
    """The names of programs in a directive's option: with commas between them, or blanks."""
    if "," in option:
        return [name.strip() for name in option.split(",") if name.strip()]
    return option.split()


def with_lanes(picture: Picture, names: Iterable[str]) -> Picture:
    """A picture of some programs only, in another order.

    Args:
        picture: Any picture.
        names: The lanes to show, in this order.

    Raises:
        ValueError: If a name is not one of the lanes.
    """
    chosen = list(names)
    for name in chosen:
        if name not in picture.lanes:
            lanes = ", ".join(picture.lanes)
            raise ValueError(f"no program is called {name!r}; there are: {lanes}")
    new = {picture.lanes.index(name): position for position, name in enumerate(chosen)}
    rows = [
        replace(
            row,
            lane=new[row.lane],
            to=None if row.to is None else new[row.to],
            waiting=tuple(new[lane] for lane in row.waiting if lane in new),
            returned=tuple(new[lane] for lane in row.returned if lane in new),
        )
        for row in picture.rows
        if row.lane in new and (row.to is None or row.to in new)
    ]
    return Picture(tuple(chosen), tuple(rows))


def sentence(picture: Picture, row: Row) -> str:
    """A row in words."""
    return "".join(piece.text for part in _parts(picture, row) for piece in part.pieces)


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence: code, or words."""

    text: str
    is_code: bool = False


@dataclass(frozen=True)
class Part:
    """A part of a sentence that is drawn in one place. What has the class `GLUE` is not drawn."""

    css_class: str
    pieces: tuple[Piece, ...]


GLUE = "wire-glue"


def _parts(picture: Picture, row: Row) -> list[Part]:
    """The sentence of a row, in order."""
    name = picture.lanes[row.lane]
    if row.to is None:
        return [_words("wire-who", name), _words(GLUE, ": "), Part("wire-box", _action(row))]
    if row.to == row.lane:
        inside = [piece for part in _message(row) for piece in part.pieces]
        box = Part("wire-box", (Piece("to itself: "), *inside))
        return [_words("wire-who", name), _words(GLUE, ", "), box]
    who = f"{name} → {picture.lanes[row.to]}"
    return [_words("wire-who", who), _words(GLUE, ": "), *_message(row)]


def _message(row: Row) -> list[Part]:
    """What is sent, by which call, received by which, and a note: `what (sent, received), note`."""
    what = _spaced(Piece(row.what), Piece(row.data, is_code=True))
    sent = _spaced(Piece(row.call, is_code=True), Piece(row.words))
    received = _spaced(
        Piece(row.received, is_code=True),
        Piece(row.received_words),
        Piece(row.received_data, is_code=True),
    )
    parts = [Part("wire-what", what)] if what else []
    ends = [part for part in (Part("wire-sent", sent), Part("wire-received", received))
            if part.pieces]  # fmt: skip
    for position, end in enumerate(ends):
        before = ", " if position else " (" if what else ""
        parts += [_words(GLUE, before), end] if before else [end]
    if what and ends:
        parts.append(_words(GLUE, ")"))
    if row.note:
        parts += [_words(GLUE, ", "), _words("wire-note", row.note)]
    return parts


def _action(row: Row) -> tuple[Piece, ...]:
    action = _spaced(
        Piece(row.call, is_code=True),
        Piece(row.words),
        Piece(row.what),
        Piece(row.data, is_code=True),
    )
    return (*action, Piece(f", {row.note}")) if row.note else action


def _words(css_class: str, text: str) -> Part:
    return Part(css_class, (Piece(text),))


def _spaced(*pieces: Piece) -> tuple[Piece, ...]:
    """The pieces that are not empty, with spaces between them."""
    spaced: list[Piece] = []
    for piece in pieces:
        if piece.text:
            spaced += [Piece(" "), piece] if spaced else [piece]
    return tuple(spaced)


# HTML


def as_html(picture: Picture) -> str:
    """The lanes and the list of rows, without the figure around them."""
    lanes = _html(_words(GLUE, ", ")).join(
        _html(_words("wire-lane", name)) for name in picture.lanes
    )
    items = "".join(
        f'<li class="{" ".join(_classes(row))}">{"".join(map(_html, _parts(picture, row)))}</li>\n'
        for row in picture.rows
    )
    return (
        f'<p class="wire-lanes">{_html(_words(GLUE, "Programs: "))}{lanes}</p>\n'
        f'<ol class="wire-calls">\n{items}</ol>\n'
    )


def _html(part: Part) -> str:
    inside = "".join(
        f"<code>{escape(piece.text, quote=False)}</code>"
        if piece.is_code
        else escape(piece.text, quote=False)
        for piece in part.pieces
    )
    return f'<span class="{part.css_class}">{inside}</span>'


def _classes(row: Row) -> list[str]:
    if row.to is None or row.to == row.lane:
        classes = ["wire-call", f"wire-at-{row.lane + 1}"]
        classes += ["wire-receives"] if row.what else []
    else:
        side = "rightwards" if row.to > row.lane else "leftwards"
        ends = [f"wire-from-{row.lane + 1}", f"wire-to-{row.to + 1}"]
        classes = ["wire-message", *ends, f"wire-{side}"]
    if row.outcome:
        classes.append(f"wire-{row.outcome}")
    if row.stands_for_more:
        classes.append("wire-more")
    classes += [f"wire-waiting-{lane + 1}" for lane in row.waiting]
    return classes + [f"wire-returned-{lane + 1}" for lane in row.returned]


# Nodes


class wire_picture(nodes.General, nodes.Element):  # noqa: N801, docutils names nodes so
    """A picture; attributes `picture` and `css_class`.

    Its children are what builders without HTML show: the caption and a list of sentences.
    """


def picture_node(
    picture: Picture, caption: list[nodes.Node], *, css_class: str = ""
) -> wire_picture:
    """The node for a picture.

    Args:
        picture: What to draw.
        caption: Inline nodes of the caption; empty for none.
        css_class: A further class of the figure.
    """
    node = wire_picture("", picture=picture, css_class=css_class)
    if caption:
        node += nodes.paragraph("", "", *caption)
    items = []
    for row in picture.rows:
        paragraph = nodes.paragraph()
        for piece in (piece for part in _parts(picture, row) for piece in part.pieces):
            text = piece.text
            paragraph += nodes.literal(text, text) if piece.is_code else nodes.Text(text)
        items.append(nodes.list_item("", paragraph))
    node += nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
    return node


def visit_picture_html(self: HTML5Translator, node: wire_picture) -> None:
    """Draws the picture, except in a book, whose reader may know little of CSS."""
    if self.builder.name == "epub":
        return
    picture: Picture = node["picture"]
    drawn = f"wire-of-{len(picture.lanes)}" if len(picture.lanes) <= MOST_LANES else ""
    classes = " ".join(filter(None, ["wire", drawn, node["css_class"], *node["classes"]]))
    # What is drawn in the page follows it.
    programs = self.attval(", ".join(node.get("programs", ())))
    chosen = f' data-programs="{programs}"' if programs else ""
    self.body.append(f'<figure class="{classes}"{chosen}>\n')
    if isinstance(caption := node[0], nodes.paragraph):
        self.body.append("<figcaption>")
        for inline in caption.children:
            inline.walkabout(self)
        self.body.append("</figcaption>\n")
    self.body.append(f"{as_html(picture)}</figure>\n")
    raise nodes.SkipNode


def _leave_to_children(self: SphinxTranslator, node: wire_picture) -> None:
    """The children say in sentences what is not drawn."""


def setup_pictures(app: Sphinx) -> None:
    """Registers the node."""
    plain = (_leave_to_children, _leave_to_children)
    app.add_node(
        wire_picture,
        override=True,  # two directives use it
        html=(visit_picture_html, _leave_to_children),
        latex=plain,
        text=plain,
        man=plain,
        texinfo=plain,
    )
