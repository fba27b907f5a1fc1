"""Numbers the exercises of each page from 1, and nothing else.

Sphinx would number them, and all figures and listings, through the whole site: a new exercise
changes the numbers of all that follow, and each build reads every page again to count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_exercise.nodes import exercise_enumerable_node

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

KIND = "exercise"
# Of what listens to the same event: before Sphinx's own numbering, and after it.
FIRST = 0
LAST = 1000


def ids_of_exercises(env: BuildEnvironment) -> dict[str, list[str]]:
    """The ids of each page's exercises in their order, by the page's name."""
    ids: dict[str, list[str]] = vars(env).setdefault("exercise_ids", {})
    return ids


def note_exercises(app: Sphinx, doctree: nodes.document) -> None:
    """Notes the exercises of a page that was read."""
    found = [node["ids"][0] for node in doctree.findall(exercise_enumerable_node)]
    ids_of_exercises(app.env)[app.env.current_document.docname] = found


def forget_page(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forgets a page that is read again or is gone."""
    ids_of_exercises(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Takes over what another process has read."""
    read = ids_of_exercises(other)
    ids_of_exercises(env).update({name: read[name] for name in docnames if name in read})


def skip_sphinx_numbering(app: Sphinx, _env: BuildEnvironment) -> list[str]:
    """Keeps Sphinx from numbering what the pages hold."""
    app.config.numfig = False
    return []


def number_exercises(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Puts the numbers where Sphinx keeps those of its own; no page but the new ones changes."""
    # Without it, references to exercises by number would be refused.
    app.config.numfig = True
    env.toc_fignumbers = {
        docname: {KIND: {name: (number,) for number, name in enumerate(ids, start=1)}}
        for docname, ids in ids_of_exercises(env).items()
    }
    return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension; it comes after sphinx_exercise."""
    app.connect("doctree-read", note_exercises)
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge)
    app.connect("env-get-updated", skip_sphinx_numbering, priority=FIRST)
    app.connect("env-get-updated", number_exercises, priority=LAST)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
