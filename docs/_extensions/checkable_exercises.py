"""Says below each exercise that has a check how the reader runs it.

An exercise with the label `python-lists-best` on the page `python/lists` is checked by `check_best`
in `exercise_checks.python.lists`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node

from exercise_checks.exercises import exercises_of, pages_with_exercises

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


def add_commands(app: Sphinx, doctree: nodes.document) -> None:
    """Ends each checkable exercise with the command that checks it."""
    page = app.env.current_document.docname
    if page not in pages_with_exercises():
        return
    unseen = {exercise.name for exercise in exercises_of(page)}
    prefix = page.replace("/", "-").replace("_", "-") + "-"
    for kind in (exercise_node, exercise_enumerable_node):
        for node in doctree.findall(kind):
            name = node.get("label", "").removeprefix(prefix).replace("-", "_")
            if name not in unseen:
                continue
            unseen.discard(name)
            command = f"python -m tutorial_examples check {page} my_answer.py {name}"
            paragraph = nodes.paragraph(classes=["check-command"])
            paragraph += [nodes.Text("Check your file: "), nodes.literal(command, command)]
            # The exercise's text is a section within the node.
            node[-1].append(paragraph)
    for name in sorted(unseen):
        label = prefix + name.replace("_", "-")
        logger.warning("the check %r has no exercise; label one %r", name, label, location=page)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension."""
    app.connect("doctree-read", add_commands)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
