"""Folds solutions and other boxes with the class `dropdown`, so that one sees an exercise first.

The browser's own `details` element does it: no script, and the keyboard works. A question with its
answer folded, `{dropdown}` of sphinx-design, is made a box of the same family.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import admonitionlabels
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator
from sphinx_design.dropdown import DropdownHtmlTransform, dropdown_main, dropdown_title
from sphinx_exercise.nodes import depart_solution_node, solution_node, visit_solution_node

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    # A note, a warning and their like come with their name, which is their title.
    Visit = Callable[..., None]
    Depart = Callable[[HTML5Translator, nodes.Element], None]


def folded(visit: Visit, depart: Depart) -> tuple[Visit, Depart]:
    """How a box is written that is folded if it has the class, else as the two functions do it."""

    def visit_box(self: HTML5Translator, node: nodes.Element, *name: str) -> None:
        if "dropdown" not in node["classes"]:
            visit(self, node, *name)
            return
        self.body.append(self.starttag(node, "details", CLASS=" ".join(("admonition", *name))))
        # As text: a link within what one presses would be two things to press in one.
        title = admonitionlabels[name[0]] if name else node.pop(0).astext()
        text = self.encode(title)
        self.body.append(f'<summary class="admonition-title">{text}</summary>\n')

    def depart_box(self: HTML5Translator, node: nodes.Element) -> None:
        if "dropdown" not in node["classes"]:
            depart(self, node)
            return
        self.body.append("</details>\n")

    return visit_box, depart_box


class QuestionTransform(SphinxPostTransform):
    """Gives a question the classes of a box, and no arrow but the browser's."""

    default_priority = DropdownHtmlTransform.default_priority + 1
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Change each question of the page."""
        for question in self.document.findall(dropdown_main):
            question["classes"] = ["question", "admonition"]
            title, answer = question.children
            if not isinstance(title, dropdown_title) or not isinstance(answer, nodes.Element):
                continue
            title["classes"] = ["admonition-title"]
            answer["classes"] = []
            for part in list(title.findall(nodes.inline)):
                if "sd-summary-state-marker" in part["classes"]:
                    title.remove(part)
                elif "sd-summary-text" in part["classes"]:
                    part["classes"] = []
            for paragraph in answer.findall(nodes.paragraph):
                paragraph["classes"] = [
                    name for name in paragraph["classes"] if name != "sd-card-text"
                ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension; it comes after sphinx_exercise."""
    solution = folded(visit_solution_node, depart_solution_node)
    app.add_node(solution_node, override=True, html=solution)
    box = folded(HTML5Translator.visit_admonition, HTML5Translator.depart_admonition)
    app.add_node(nodes.admonition, override=True, html=box)
    app.add_post_transform(QuestionTransform)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
