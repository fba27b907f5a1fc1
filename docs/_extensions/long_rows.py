"""Tells tables of sentences from tables of words, which fit a narrow screen.

A style sheet cannot measure: the first have to keep a width to read in and are scrolled, the
second need not be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# In three columns this is three or four lines on a screen 360 pixels wide.
MOST_LETTERS = 75


def mark(_app: Sphinx, doctree: nodes.document) -> None:
    """Gives a class to each table of the page that has a long row."""
    for table in doctree.findall(nodes.table):
        if any(len(row.astext()) > MOST_LETTERS for row in table.findall(nodes.row)):
            table["classes"].append("long-rows")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension."""
    app.connect("doctree-read", mark)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
