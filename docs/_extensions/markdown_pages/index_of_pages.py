"""The text of `llms.txt`: title, summary, and all pages part by part with a line on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from light_theme.page_head import description
from sphinx import addnodes

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

# A key of `env.metadata`, which Sphinx itself purges, merges and stores page by page.
DESCRIPTION = "markdown_pages_description"


def note_description(app: Sphinx, doctree: nodes.document) -> None:
    """Keeps what a page says of itself for builds that do not read it again."""
    metadata = app.env.metadata[app.env.current_document.docname]
    metadata[DESCRIPTION] = description(metadata, doctree)


def index_of_pages(app: Sphinx) -> str:
    """The whole text, with links relative to the top of the site."""
    env = app.env
    blocks = [f"# {app.config.html_title}"]
    if app.config.llms_summary:
        blocks.append(f"> {app.config.llms_summary}")
    parts = {"": [app.config.root_doc]}
    for tree in env.get_doctree(app.config.root_doc).findall(addnodes.toctree):
        parts.setdefault(tree["caption"] or "", []).extend(tree["includefiles"])
    for caption, pages in parts.items():
        if caption:
            blocks.append(f"## {caption}")
        blocks.append("\n".join(_line(app, page) for page in pages))
    return "\n\n".join(blocks) + "\n"


def _line(app: Sphinx, page: str) -> str:
    title = app.env.titles[page].astext()
    about = app.env.metadata[page].get(DESCRIPTION, "")
    return f"- [{title}]({page}.md)" + (f": {about}" if about else "")
