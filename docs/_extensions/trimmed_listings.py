"""Ends a listing with its last line of code.

What is shown of a file often ends before two blank lines and a comment that marks the end; the
blank lines would stand within the listing's frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def trim(_app: Sphinx, doctree: nodes.document) -> None:
    """Takes the blank lines from the end of each listing of the page that was just read."""
    for listing in doctree.findall(nodes.literal_block):
        # Only what `literalinclude` has read names its source.
        if "source" in listing:
            text = listing.astext().rstrip("\n")
            # Sphinx colours a block only as long as both are the same.
            listing.rawsource = text
            listing[:] = [nodes.Text(text)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension."""
    app.connect("doctree-read", trim)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
