"""The directives `{since}`, code for newer Pythons, and `{before}`, what older ones print.

` ```{since} 3.12 ` holds a session or code as a `python` fence does. ` ```{before} 3.13 ` follows
such a fence, repeats prompts of it and shows what Pythons older than the named one print there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class older_output(nodes.container):  # noqa: N801, docutils names nodes so
    """What older Pythons print; attribute `summary`."""


class SinceDirective(SphinxDirective):
    """Code that needs a Python of at least the named version."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Shows the code below a line that says which Python it needs."""
        container = nodes.container(classes=["since-python"])
        container += nodes.paragraph("", f"Python {self.arguments[0]} and newer")
        container += _code(self)
        return [container]


class BeforeDirective(SphinxDirective):
    """What a Python older than the named version prints."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Shows the older output, folded."""
        major, _, minor = self.arguments[0].partition(".")
        if not minor.isdecimal():
            raise self.error("{before} needs a version of Python, such as 3.13")
        container = older_output(summary=f"Python {major}.{int(minor) - 1} and older print")
        container += _code(self)
        return [container]


def _code(directive: SphinxDirective) -> nodes.literal_block:
    text = "\n".join(directive.content)
    block = nodes.literal_block(text, text, language="python")
    directive.set_source_info(block)
    return block


def visit_older_output(self: HTML5Translator, node: older_output) -> None:
    """Begins what is folded."""
    summary = self.encode(node["summary"])
    self.body.append(f'<details class="older-python"><summary>{summary}</summary>\n')


def depart_older_output(self: HTML5Translator, node: older_output) -> None:
    """Ends what is folded."""
    self.body.append("</details>\n")


def visit_older_output_elsewhere(self: nodes.NodeVisitor, node: older_output) -> None:
    """Shows the summary as a paragraph."""
    node.insert(0, nodes.paragraph("", node["summary"]))


def setup_versions(app: Sphinx) -> None:
    """Registers both directives."""
    elsewhere = (visit_older_output_elsewhere, lambda self, node: None)
    app.add_node(
        older_output,
        html=(visit_older_output, depart_older_output),
        text=elsewhere,
        latex=elsewhere,
        man=elsewhere,
        texinfo=elsewhere,
    )
    app.add_directive("since", SinceDirective)
    app.add_directive("before", BeforeDirective)
