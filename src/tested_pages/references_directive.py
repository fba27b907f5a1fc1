"""The references directive: a picture of names and objects as the page's run left them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from tested_pages.artifacts import artifact_for
from tested_pages.references import in_words
from tested_pages.references_drawing import draw

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.writers.html5_polyglot import HTMLTranslator
    from sphinx.application import Sphinx

# At four fifths of its size, a picture wider than this does not fit a phone and scrolls there.
_SCROLLS_FROM = 400

# Classes of a picture's figure, and of a row of figures, in static/references.css.
_FIGURE = "references"
_ROW = "references-row"


class references_picture(nodes.General, nodes.Element):  # noqa: N801
    """What builders without SVG show as its children, a paragraph, and HTML as a drawing.

    Attribute `snapshot` holds what to draw, `identifier` what its ids begin with.
    """


class References(SphinxDirective):
    """Draws the names given as its argument and the objects they refer to."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], object]]] = {
        "caption": directives.unchanged_required,
        "depth": directives.positive_int,
    }

    def run(self) -> list[nodes.Node]:
        """A figure, or a sentence where the run left nothing to draw."""
        snapshot = artifact_for(self)
        if snapshot is None:
            missing = f"There is no picture of {self.arguments[0]}: this page did not run to here."
            return [nodes.paragraph(text=missing)]
        identifier = f"references-{self.env.new_serialno('references') + 1}"
        words = nodes.paragraph(text=in_words(snapshot))
        picture = references_picture("", words, snapshot=snapshot, identifier=identifier)
        figure = nodes.figure("", picture, classes=[_FIGURE])
        self.set_source_info(figure)
        if "caption" in self.options:
            text, messages = self.parse_inline(self.options["caption"])
            figure += nodes.caption(self.options["caption"], "", *text)
            return [figure, *messages]
        return [figure]


class PutReferencesInRows(SphinxTransform):
    """Gathers pictures that follow each other directly."""

    default_priority = 400

    def apply(self) -> None:
        """Wrap each run of two or more neighbours."""
        for figure in [each for each in self.document.findall(nodes.figure) if _is_ours(each)]:
            parent = figure.parent
            assert parent is not None
            before = parent.index(figure) - 1
            previous = parent[before] if before >= 0 else None
            if isinstance(previous, nodes.container) and _ROW in previous["classes"]:
                parent.remove(figure)
                previous += figure
            elif isinstance(previous, nodes.figure) and _is_ours(previous):
                parent.remove(figure)
                parent[before] = nodes.container("", previous, figure, classes=[_ROW], is_div=True)


def _is_ours(figure: nodes.figure) -> bool:
    return _FIGURE in figure["classes"]


def visit_picture_html(translator: HTMLTranslator, node: references_picture) -> None:
    """Draws instead of saying."""
    drawing = draw(node["snapshot"], node["identifier"])
    # Who uses the keyboard scrolls what has the focus.
    focus = ' tabindex="0"' if drawing.width > _SCROLLS_FROM else ""
    style = f"--natural-width: {drawing.width:.0f}px"
    translator.body.append(f'<div class="references-picture" style="{style}"{focus}>\n')
    translator.body.append(f"{drawing.svg}\n</div>\n")
    raise nodes.SkipNode


def _leave_to_children(translator: nodes.NodeVisitor, node: nodes.Element) -> None:
    """The children say in words what is not drawn."""


def setup_references(app: Sphinx) -> None:
    """Register the directive, its node and what arranges the pictures."""
    in_words_only = (_leave_to_children, _leave_to_children)
    app.add_node(
        references_picture,
        html=(visit_picture_html, None),
        latex=in_words_only,
        text=in_words_only,
        man=in_words_only,
        texinfo=in_words_only,
    )
    app.add_directive("references", References)
    app.add_transform(PutReferencesInRows)
