"""The directive `{wire}`: what crossed the wire between the programs of the terminals before it.

It draws what was recorded while the page ran: a JSON list of `SocketCall.as_json()`, whose
docstring in `tested_pages.socket_calls` is the schema. `tested_pages.wire_picture` describes the
HTML. Between the two, `match` finds who received what and `wire_rows` puts it into rows; a script
that fills the same HTML from calls of the same schema as they happen has to do no more.

Options: `programs`, names of terminals in the order of their lanes, with commas between names of
several words (others are left out); `caption`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from tested_pages.artifacts import artifact_for
from tested_pages.socket_calls import SocketCall
from tested_pages.wire_picture import names_in, picture_node, setup_pictures, with_lanes
from tested_pages.wire_rows import wire_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

NOT_RECORDED = "Not recorded: the programs above did not run to their end when this page was made."


class WireDirective(SphinxDirective):
    """Draws recorded socket calls."""

    option_spec: ClassVar[dict[str, Callable[[str], object]]] = {
        "programs": directives.unchanged_required,
        "caption": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """The picture; a sentence where the run left nothing to draw."""
        recorded = artifact_for(self)
        if recorded is None:
            return [nodes.paragraph("", NOT_RECORDED, classes=["wire-missing"])]
        names = names_in(self.options.get("programs", ""))
        picture = wire_rows([SocketCall.from_json(values) for values in recorded], names)
        if names:
            try:
                picture = with_lanes(picture, names)
            except ValueError as error:
                logger.warning("wire: %s", error, location=self.get_location())
        caption, messages = self.parse_inline(self.options.get("caption", ""))
        node = picture_node(picture, caption)
        node["programs"] = names
        self.set_source_info(node)
        return [node, *messages]


def setup_wire(app: Sphinx) -> None:
    """Registers the directive."""
    setup_pictures(app)
    app.add_directive("wire", WireDirective)
