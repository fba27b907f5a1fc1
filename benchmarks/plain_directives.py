"""A Sphinx extension that shows what this site's own directives hold, and runs none of it."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

OWN_DIRECTIVES = ("terminal", "wire", "ladder", "references", "since", "before", "deck-map")


class Shown(SphinxDirective):
    """A block of text, coloured as a terminal's."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The block."""
        text = "\n".join(self.content)
        return [nodes.literal_block(text, text, language="console")]


def setup(app: Sphinx) -> None:
    """Registers the directives."""
    for name in OWN_DIRECTIVES:
        app.add_directive(name, Shown)
