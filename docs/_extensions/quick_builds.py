"""What keeps a build short that has one edited page to do.

Each function here leaves out work that Sphinx, or an extension of others, does for all pages in
each build, and says what it is. The result is the same as that of a build of everything, which
`tests/docs/test_quick_builds.py` looks at.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import sphinx

from tested_pages.keeping import OfThisBuild

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# Of what listens to the same event: before intersphinx reads its files.
FIRST = 0
# Collecting after every so many new objects, instead of 700, does not show in the memory in use.
NEW_OBJECTS = 50_000


def stop_collecting() -> None:
    """Has no garbage collected while Sphinx loads its extensions and what it knows of all pages.

    None of that is garbage, but Python would look through it again and again meanwhile, which
    takes a quarter of a second.
    """
    gc.disable()


def collect_again(_app: Sphinx) -> None:
    """Has garbage collected again, among what is made from now on."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
    gc.enable()


def keep_inventories_out(app: Sphinx) -> None:
    """Keeps other sites' inventories out of the file of what is known of all pages.

    They are read from their own files in each build anyway, and were half of that one.
    """
    for name in ("cache", "inventory", "named_inventory"):
        setattr(app.env, f"intersphinx_{name}", OfThisBuild())


def keep_doctrees_out(app: Sphinx, _doctree: nodes.document) -> None:
    """Has sphinx-exercise keep of each exercise what it looks for: its title and attributes.

    What it keeps itself leads to the whole page, so that all pages were stored twice.
    """
    page = app.env.current_document.docname
    for entry in getattr(app.env, "sphinx_exercise_registry", {}).values():
        if entry["docname"] == page:
            node = entry["node"]
            entry["node"] = node.copy()
            entry["node"] += node.children[0].deepcopy()
            for part in entry["node"].findall():
                part.document = None


def keep_templates(app: Sphinx) -> None:
    """Keeps the templates as Python's bytecode, which takes as long to make as to write a page."""
    environment = getattr(getattr(app.builder, "templates", None), "environment", None)
    if environment is not None:
        versions = f"{sphinx.__display_version__}-{jinja2.__version__}"
        folder = Path(app.doctreedir, "templates", versions)
        folder.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension, which comes first, since others take long to load."""
    stop_collecting()
    app.connect("builder-inited", collect_again, priority=FIRST)
    app.connect("builder-inited", keep_inventories_out, priority=FIRST)
    app.connect("builder-inited", keep_templates)
    app.connect("doctree-read", keep_doctrees_out)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
