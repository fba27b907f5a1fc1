"""Says below each exercise that has a check how the reader runs it, and lets it run in the page.

An exercise with the label `python-lists-best`, or `lists-best`, on the page `python/lists` is
checked by `check_best` in `exercise_checks.python.lists`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node

from exercise_checks.exercises import exercises_of, pages_with_exercises
from exercise_checks.outline import outline
from live_pages.browser_limits import reason_of_needs
from live_pages.sphinx_extension import live_exercise

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


def add_commands(app: Sphinx, doctree: nodes.document) -> None:
    """Ends each checkable exercise with the command that checks it."""
    page = app.env.current_document.docname
    if page not in pages_with_exercises():
        return
    unseen = {exercise.name: exercise for exercise in exercises_of(page)}
    part, name_of_page = page.replace("_", "-").split("/")
    prefix = f"{name_of_page}-"
    for kind in (exercise_node, exercise_enumerable_node):
        for node in doctree.findall(kind):
            label = node.get("label", "").removeprefix(f"{part}-")
            name = label.removeprefix(prefix).replace("-", "_")
            if not label.startswith(prefix) or name not in unseen:
                continue
            exercise = unseen.pop(name)
            command = f"python -m tutorial_examples check {page} my_answer.py {name}"
            paragraph = nodes.paragraph(classes=["check-command"])
            paragraph += [nodes.Text("Check your file: "), nodes.literal(command, command)]
            # The exercise's text is a section within the node.
            node[-1].append(paragraph)
            reason = reason_of_needs(exercise.needs)
            node[-1].append(live_exercise(exercise=name, outline=outline(exercise), reason=reason))
    for name in sorted(unseen):
        label = f"{part}-{prefix}{name.replace('_', '-')}"
        logger.warning("the check %r has no exercise; label one %r", name, label, location=page)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension."""
    app.setup_extension("live_pages.sphinx_extension")
    # Before live_pages looks for what can be answered in the page.
    app.connect("doctree-read", add_commands, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
