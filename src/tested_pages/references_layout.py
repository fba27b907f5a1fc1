"""Where everything in a picture of references goes: names at the left, objects in columns.

An object stands one column further right than the farthest object that refers to it, so every
arrow runs from left to right; an arrow that spans several columns gets a lane of its own in
those between, so none runs through a box. Arrows that close a cycle run back below the boxes.
All lengths are in pixels at the picture's natural size.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from tested_pages.references import written_in_slots

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tested_pages.references import ObjectRecord, Snapshot

# Widths hold for the widest of the common monospace fonts, 0.602 em, at the sizes in
# static/references.css: 14 px for what Python would show, 12 px for the picture's own words.
_CHARACTER = 8.45
_SMALL_CHARACTER = 7.25

HEADER = 17.0
INDEX_LINE = 15.0
ROW = 27.0
_NARROWEST = 30.0
_CELL_PADDING = 9.0
_WIDEST_ROW = 300.0

_MARGIN = 4.0
_NAME_HEIGHT = 26.0
_NAME_GAP = 8.0
_COLUMN_GAP = 44.0
_TRACK = 9.0
_ARRIVALS = 8.0
_CORNER = 7.0
_SWEEPS = 8


def text_width(text: str, character: float = _CHARACTER) -> float:
    """Width of `text` in a monospace font whose narrow characters are `character` wide."""
    return sum(character * (2 if east_asian_width(each) in "WF" else 1) for each in text)


@dataclass
class Cell:
    """A slot's place within its box; `text` is None where an arrow starts instead."""

    label: str
    text: str | None
    left_out: bool
    x: float
    y: float
    width: float


@dataclass
class Box:
    """An object's box; cells are relative to its top left corner.

    Attributes:
        in_a_row: Whether the slots stand side by side, with their labels below them.
        body_height: Height of the frame, without the type above and the indices below it.
    """

    record: ObjectRecord
    width: float
    height: float
    body_height: float
    cells: list[Cell]
    in_a_row: bool
    x: float = 0.0
    y: float = 0.0


@dataclass
class Name:
    """A name; its text ends at `x`, where its arrow starts, and is centred on `y`."""

    name: str
    x: float
    y: float
    width: float


@dataclass
class Arrow:
    """An arrow: an SVG path, where it starts, and the tip of its head, which points right."""

    path: str
    start: tuple[float, float]
    tip: tuple[float, float]
    from_slot: bool


@dataclass
class Picture:
    """A picture's natural size and what is in it."""

    width: float
    height: float
    names: list[Name]
    boxes: list[Box]
    arrows: list[Arrow]


def arrange(recorded: Snapshot) -> Picture:
    """Lay out the picture of a snapshot; the same snapshot gives the same picture."""
    return _Layout(recorded).picture()


def _box(record: ObjectRecord, recorded: Snapshot, written: frozenset[int]) -> Box:
    texts: list[str | None] = []
    for slot in record["slots"]:
        position = slot["object"]
        if position is None:
            texts.append(f"{slot['text']} …")
        else:
            texts.append(recorded["objects"][position]["text"] if position in written else None)
    labels = [slot["label"] for slot in record["slots"]]
    left_out = [slot["object"] is None for slot in record["slots"]]
    if record["omitted"]:
        texts.append(f"… {record['omitted']} more")
        labels.append("")
        left_out.append(True)
    widths = [
        _NARROWEST if text is None else max(_NARROWEST, text_width(text) + 2 * _CELL_PADDING)
        for text in texts
    ]
    in_a_row = record["shape"] in ("sequence", "set") and None not in texts
    named_fields = any(label and not label.isdigit() for label in labels)
    if in_a_row and not named_fields and sum(widths) <= _WIDEST_ROW:
        return _row_box(record, labels, texts, left_out, widths)
    return _table_box(record, labels, texts, left_out, max(widths, default=0.0))


def _row_box(
    record: ObjectRecord,
    labels: list[str],
    texts: list[str | None],
    left_out: list[bool],
    widths: list[float],
) -> Box:
    cells, x = [], 0.0
    for label, text, out, width in zip(labels, texts, left_out, widths, strict=True):
        cells.append(Cell(label, text, out, x, HEADER, width))
        x += width
    width = max(x, _NARROWEST, text_width(record["type"], _SMALL_CHARACTER))
    indices = INDEX_LINE if any(labels) else 0.0
    return Box(record, width, HEADER + ROW + indices, ROW, cells, in_a_row=True)


def _table_box(
    record: ObjectRecord,
    labels: list[str],
    texts: list[str | None],
    left_out: list[bool],
    value_width: float,
) -> Box:
    label_width = 0.0
    if any(labels):
        character = _CHARACTER if record["shape"] == "mapping" else _SMALL_CHARACTER
        label_width = max(text_width(label, character) for label in labels) + 2 * _CELL_PADDING
    heading = text_width(record["text"]) + 2 * _CELL_PADDING if record["text"] else 0.0
    type_width = text_width(record["type"], _SMALL_CHARACTER)
    width = max(label_width + value_width, heading, type_width, _NARROWEST)
    y = HEADER + (ROW if heading else 0.0)
    cells = []
    for label, text, out in zip(labels, texts, left_out, strict=True):
        cells.append(Cell(label, text, out, label_width, y, width - label_width))
        y += ROW
    body = max(y - HEADER, ROW)
    return Box(record, width, HEADER + body, body, cells, in_a_row=False)


@dataclass
class _Node:
    """A name, a box, or a lane that an arrow takes through a column.

    `anchor` is where arrows arrive, and a lane passes, below the node's top.
    """

    width: float
    height: float
    anchor: float
    gap: float
    column: int = 0
    x: float = 0.0
    y: float = 0.0
    box: Box | None = None
    is_lane: bool = False


@dataclass
class _Edge:
    source: _Node
    port: float
    start_x: float
    target: _Node
    backward: bool = False
    lanes: list[_Node] = field(default_factory=list)
    arrival: float = 0.0

    def stations(self) -> list[tuple[_Node, float]]:
        """The nodes the arrow leaves, and how far below their tops."""
        return [(self.source, self.port), *((lane, lane.anchor) for lane in self.lanes)]


class _Layout:
    def __init__(self, recorded: Snapshot) -> None:
        written = written_in_slots(recorded)
        self._labels = [name["name"] for name in recorded["names"]]
        self._names = [
            _Node(text_width(label) + 6, _NAME_HEIGHT, _NAME_HEIGHT / 2, _NAME_GAP)
            for label in self._labels
        ]
        self._boxes = {
            position: self._box_node(_box(record, recorded, written))
            for position, record in enumerate(recorded["objects"])
            if position not in written
        }
        self._edges = [
            _Edge(node, node.anchor, node.width, self._boxes[name["object"]])
            for node, name in zip(self._names, recorded["names"], strict=True)
        ]
        for position, node in self._boxes.items():
            self._edges += self._slot_edges(node, recorded["objects"][position])
        self._assign_columns()
        self._columns = self._fill_columns()
        self._place_vertically()
        self._below = max(node.y + node.height for node in self._all_nodes())
        self._place_horizontally()
        self._spread_arrivals()

    def _box_node(self, box: Box) -> _Node:
        return _Node(box.width, box.height, HEADER + box.body_height / 2, 14, box=box)

    def _slot_edges(self, node: _Node, record: ObjectRecord) -> Iterable[_Edge]:
        box = node.box
        assert box is not None
        for cell, slot in zip(box.cells, record["slots"], strict=False):
            if cell.text is None and slot["object"] is not None:
                start_x = box.width - _NARROWEST / 2
                yield _Edge(node, cell.y + ROW / 2, start_x, self._boxes[slot["object"]])

    def _all_nodes(self) -> list[_Node]:
        return [node for column in self._columns for node in column]

    def _assign_columns(self) -> None:
        leaving: dict[int, list[_Edge]] = defaultdict(list)
        for edge in self._edges:
            leaving[id(edge.source)].append(edge)
        finished: list[_Node] = []
        on_path: set[int] = set()
        seen: set[int] = set()

        def visit(node: _Node) -> None:
            seen.add(id(node))
            on_path.add(id(node))
            for edge in leaving[id(node)]:
                edge.backward = id(edge.target) in on_path
                if id(edge.target) not in seen:
                    visit(edge.target)
            on_path.discard(id(node))
            finished.append(node)

        for name in self._names:
            visit(name)
        for node in reversed(finished):
            for edge in leaving[id(node)]:
                if not edge.backward:
                    edge.target.column = max(edge.target.column, node.column + 1)
        for edge in self._edges:
            if edge.backward and edge.source is edge.target:
                edge.source.height += 2 * _TRACK

    def _fill_columns(self) -> list[list[_Node]]:
        last = max(node.column for node in self._boxes.values())
        columns: list[list[_Node]] = [[] for _ in range(last + 1)]
        columns[0] = list(self._names)
        for node in self._boxes.values():
            columns[node.column].append(node)
        for edge in self._edges:
            # As high as a name where it continues one, so that names can stand level with lanes.
            height, gap = (10.0, 6.0) if edge.source.box else (_NAME_HEIGHT, _NAME_GAP)
            lane_columns = range(edge.source.column + 1, edge.target.column)
            for column in () if edge.backward else lane_columns:
                lane = _Node(0.0, height, height / 2, gap, column=column, is_lane=True)
                edge.lanes.append(lane)
                columns[column].append(lane)
        return columns

    def _place_vertically(self) -> None:
        incoming: dict[int, list[tuple[_Node, float]]] = defaultdict(list)
        outgoing: dict[int, list[tuple[_Node, float]]] = defaultdict(list)
        for edge in self._edges:
            if not edge.backward:
                stations = edge.stations()
                targets = [*edge.lanes, edge.target]
                for (node, port), target in zip(stations, targets, strict=True):
                    incoming[id(target)].append((node, port))
                    outgoing[id(node)].append((target, port))

        def by_sources(node: _Node) -> float:
            sources = incoming[id(node)]
            return fmean(source.y + port for source, port in sources) - node.anchor

        def by_targets(node: _Node) -> float:
            targets = outgoing[id(node)]
            if not targets:
                return node.y
            return fmean(target.y + target.anchor - port for target, port in targets)

        _stack(self._columns[0], [0.0 for _ in self._names])
        for column in self._columns[1:]:
            # By the first arrow that arrives, so that elements stand in the order of their slots,
            # and one more name for one of them does not move it away from its place.
            column.sort(
                key=lambda node: min(source.y + port for source, port in incoming[id(node)])
            )
            _stack(column, [by_sources(node) for node in column])
        for _ in range(_SWEEPS):
            for column in reversed(self._columns[:-1]):
                _stack(column, [by_targets(node) for node in column])
            for column in self._columns[1:]:
                _stack(column, [by_sources(node) for node in column])
        # Names can always move apart as far as their arrows need to run straight.
        _stack(self._columns[0], [by_targets(node) for node in self._names])
        highest = min(node.y for node in self._all_nodes())
        for node in self._all_nodes():
            node.y += _MARGIN - highest

    def _place_horizontally(self) -> None:
        tracks_right: dict[int, int] = defaultdict(int)
        for edge in self._edges:
            if edge.backward:
                tracks_right[edge.source.column] += 1
                tracks_right[edge.target.column - 1] += 1
        x = _MARGIN
        self._lefts: list[float] = []
        self._rights: list[float] = []
        for index, column in enumerate(self._columns):
            width = max(node.width for node in column)
            self._lefts.append(x)
            self._rights.append(x + width)
            for node in column:
                node.x = x + width - node.width if index == 0 else x
                if node.is_lane:
                    node.width = width
            x += width + _COLUMN_GAP + _TRACK * max(0, tracks_right[index] - 1)
        last = len(self._columns) - 1
        self._width = self._rights[-1] + _TRACK * (tracks_right[last] + 1) * bool(
            tracks_right[last]
        )

    def _spread_arrivals(self) -> None:
        arriving: dict[int, list[_Edge]] = defaultdict(list)
        for edge in self._edges:
            arriving[id(edge.target)].append(edge)
        for edges in arriving.values():
            target = edges[0].target
            assert target.box is not None
            edges.sort(key=lambda edge: (edge.backward, _leaving_y(edge)))
            between = min(_ARRIVALS, (target.box.body_height - 8) / len(edges))
            forward = sum(not edge.backward for edge in edges)
            for rank, edge in enumerate(edges):
                offset = (rank - (forward - 1) / 2) * between
                edge.arrival = target.y + target.anchor + offset

    def picture(self) -> Picture:
        arrows, height = self._arrows()
        boxes = []
        for node in self._boxes.values():
            if node.box is not None:
                node.box.x, node.box.y = node.x, node.y
                boxes.append(node.box)
        names = [
            Name(label, node.x + node.width, node.y + node.anchor, node.width)
            for label, node in zip(self._labels, self._names, strict=True)
        ]
        return Picture(self._width + _MARGIN, height + _MARGIN, names, boxes, arrows)

    def _arrows(self) -> tuple[list[Arrow], float]:
        arrows, height = [], self._below
        tracks: dict[int, int] = defaultdict(int)
        for edge in self._edges:
            if not edge.backward:
                arrows.append(self._forward(edge))
                continue
            right_track = self._rights[edge.source.column] + _TRACK * (
                1 + tracks[edge.source.column]
            )
            tracks[edge.source.column] += 1
            left_track = self._lefts[edge.target.column] - _TRACK * (
                2 + tracks[edge.target.column - 1]
            )
            tracks[edge.target.column - 1] += 1
            if edge.source is edge.target:
                box = edge.source.box
                assert box is not None
                lane = edge.source.y + box.height + _TRACK
                right_track = edge.source.x + edge.source.width + _TRACK
            else:
                height += _TRACK
                lane = height
            arrows.append(_backward(edge, right_track, lane, left_track))
        return arrows, height

    def _forward(self, edge: _Edge) -> Arrow:
        start = (edge.source.x + edge.start_x, edge.source.y + edge.port)
        path = [f"M{number(start[0])} {number(start[1])}"]
        stations = edge.stations()
        for index, (node, port) in enumerate(stations):
            right, y = self._rights[node.column], node.y + port
            following = stations[index + 1][0] if index + 1 < len(stations) else edge.target
            to_x = following.x
            to_y = following.y + following.anchor if following.is_lane else edge.arrival
            middle = (right + to_x) / 2
            path.append(f"H{number(right)}")
            path.append(
                f"C{number(middle)} {number(y)} {number(middle)} {number(to_y)}"
                f" {number(to_x)} {number(to_y)}"
            )
        return Arrow(
            " ".join(path), start, (edge.target.x, edge.arrival), edge.source.box is not None
        )


def _stack(column: list[_Node], wanted: list[float]) -> None:
    """Put the nodes of a column as near to the wanted tops as their order and gaps allow.

    The least squares fit under an order: pool adjacent violators.
    """
    offsets, offset = [], 0.0
    for above, below in zip(column, [*column[1:], None], strict=True):
        offsets.append(offset)
        if below is not None:
            offset += above.height + max(above.gap, below.gap)
    pools: list[list[float]] = []
    for top, start in zip(wanted, offsets, strict=True):
        pools.append([top - start])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            violator = pools.pop()
            pools[-1] += violator
    levels = [fmean(pool) for pool in pools for _ in pool]
    for node, level, start in zip(column, levels, offsets, strict=True):
        node.y = level + start


def _leaving_y(edge: _Edge) -> float:
    node, port = edge.stations()[-1]
    return node.y + port


def _backward(edge: _Edge, right_track: float, lane: float, left_track: float) -> Arrow:
    start = (edge.source.x + edge.start_x, edge.source.y + edge.port)
    tip = (edge.target.x, edge.arrival)
    corners = [
        start,
        (right_track, start[1]),
        (right_track, lane),
        (left_track, lane),
        (left_track, tip[1]),
        tip,
    ]
    return Arrow(_rounded(corners), start, tip, from_slot=True)


def _rounded(points: list[tuple[float, float]]) -> str:
    """A path along horizontal and vertical lines with rounded corners."""
    path = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        inward, outward = _towards(corner, before), _towards(corner, after)
        path.append(
            f"L{number(inward[0])} {number(inward[1])}"
            f" Q{number(corner[0])} {number(corner[1])}"
            f" {number(outward[0])} {number(outward[1])}"
        )
    path.append(f"H{number(points[-1][0])}")
    return " ".join(path)


def _towards(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = abs(dx) + abs(dy)
    step = min(_CORNER, length / 2) / length if length else 0.0
    return corner[0] + dx * step, corner[1] + dy * step


def number(value: float) -> str:
    """A length as SVG writes it, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")
