"""Folds solutions with the class `dropdown`, so that readers see an exercise before its answer.

The browser's own `details` element does it: no script, and the keyboard works.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_exercise.nodes import depart_solution_node, solution_node, visit_solution_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator


def visit_solution(self: HTML5Translator, node: solution_node) -> None:
    """Begins a solution; its title is what one sees of it while it is folded."""
    if "dropdown" not in node["classes"]:
        visit_solution_node(self, node)
        return
    self.body.append(self.starttag(node, "details", CLASS="admonition"))
    title = node[0]
    node.remove(title)
    self.body.append('<summary class="admonition-title">')
    for part in title.children:
        part.walkabout(self)
    self.body.append("</summary>\n")


def depart_solution(self: HTML5Translator, node: solution_node) -> None:
    """Ends a solution."""
    if "dropdown" not in node["classes"]:
        depart_solution_node(self, node)
        return
    self.body.append("</details>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension; it comes after sphinx_exercise."""
    app.add_node(solution_node, override=True, html=(visit_solution, depart_solution))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
