"""What a piece of HTML in a page says, as Markdown: tables, and the titles of pictures."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURE_WORDS = ("title", "desc", "figcaption", "caption")
CELLS = ("th", "td")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._words: list[str] | None = None
        self._row: list[str] = []
        self._rows: list[list[str]] = []
        # By column, a cell that reaches into further rows, and how many.
        self._held: dict[int, tuple[str, int]] = {}
        self._spans = (1, 1)
        self._in_drawing = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg":
            self._in_drawing += 1
        elif tag == "table":
            self._rows, self._held = [], {}
        elif tag == "tr":
            self._row = []
        elif tag in (*PICTURE_WORDS, *CELLS, "p"):
            if self._in_drawing and tag not in PICTURE_WORDS:
                return
            self._words = []
            values = dict(attrs)
            self._spans = int(values.get("rowspan") or 1), int(values.get("colspan") or 1)

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._in_drawing -= 1
        elif tag == "tr":
            self._fill_from_above()
            self._rows.append(self._row)
        elif tag == "table":
            self.blocks.append(pipe_table(self._rows))
        elif tag in (*PICTURE_WORDS, *CELLS, "p") and self._words is not None:
            text = " ".join("".join(self._words).split())
            self._words = None
            if tag in CELLS:
                self._add_cell(text)
            elif text:
                self.blocks.append(text)

    def _add_cell(self, text: str) -> None:
        self._fill_from_above()
        rows, columns = self._spans
        for _ in range(columns):
            if rows > 1:
                self._held[len(self._row)] = (text, rows - 1)
            self._row.append(text)

    def _fill_from_above(self) -> None:
        while held := self._held.pop(len(self._row), None):
            text, rows = held
            if rows > 1:
                self._held[len(self._row)] = (text, rows - 1)
            self._row.append(text)


def words_of_html(html: str) -> list[str]:
    """Blocks of Markdown that say what the HTML shows.

    Args:
        html: Tables, figures, and SVG whose titles say what is drawn.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks


def pipe_table(rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown.

    Args:
        rows: Cells of one line each, the first row being the head; short rows are filled up.
    """
    width = max(map(len, rows), default=0)
    full = [[cell.replace("|", "\\|") for cell in row] + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return "\n".join([*lines[:1], f"|{' --- |' * width}", *lines[1:]])
