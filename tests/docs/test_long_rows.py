"""Only a table of sentences is told from the others."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document
from long_rows import MOST_LETTERS, mark


def table_of(*rows: tuple[str, ...]) -> nodes.table:
    """A table with these texts in its cells."""
    body = nodes.tbody()
    for texts in rows:
        cells = (nodes.entry("", nodes.paragraph(text, text)) for text in texts)
        body += nodes.row("", *cells)
    return nodes.table("", nodes.tgroup("", body))


def test_one_long_row_is_enough() -> None:
    document = new_document("page")
    words = table_of(("mode", "if there is one"), ("x", "an error"))
    sentences = table_of(("mode", "what it does"), ("x", "long " * MOST_LETTERS))
    document += [words, sentences]
    mark(None, document)  # type: ignore[arg-type]
    assert words["classes"] == []
    assert sentences["classes"] == ["long-rows"]
