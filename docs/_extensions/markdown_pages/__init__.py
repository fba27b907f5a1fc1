"""Each page as Markdown beside it, `sockets/udp.md` beside `sockets/udp.html`, and `llms.txt`.

The Markdown is made from the page as it is shown, so it holds what the run of the page left:
listings, transcripts, pictures in words. `llms.txt` at the top names all pages, part by part, with
a line on each; its summary is the option `llms_summary`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from markdown_pages.index_of_pages import index_of_pages, note_description
from markdown_pages.writer import Place, as_markdown

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

# After all that changes a page, and before it becomes HTML, which some nodes do not survive.
AFTER_OTHERS = 900


def write_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Writes a page's Markdown, if the site is what is being built."""
    if app.builder.name != "html":
        return
    env = app.env
    place = Place(
        images={uri: f"{_to_top(docname)}_images/{name}" for uri, (_, name) in env.images.items()},
        exercise_numbers=env.toc_fignumbers.get(docname, {}).get("exercise", {}),
    )
    text, unknown = as_markdown(doctree, place)
    for node in unknown:
        message = "no way is known to write %s as Markdown; add one to markdown_pages/writer.py"
        logger.warning(message, type(node).__name__, location=node, type="markdown_pages")
    path = Path(app.outdir, f"{docname}.md")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def name_alternative(
    app: Sphinx,
    page: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Tells programs that read a page where its Markdown is."""
    if doctree is not None and app.builder.name == "html":
        address = page.rpartition("/")[2] + ".md"
        link = f'<link rel="alternate" type="text/markdown" href="{address}">'
        context["metatags"] = context.get("metatags", "") + f"\n    {link}"


def write_index(app: Sphinx, error: Exception | None) -> None:
    """Writes `llms.txt`."""
    if error is None and app.builder.name == "html":
        Path(app.outdir, "llms.txt").write_text(index_of_pages(app), encoding="utf-8")


def _to_top(docname: str) -> str:
    return "../" * docname.count("/")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension."""
    app.add_config_value("llms_summary", "", "", [str])
    app.connect("doctree-read", note_description, priority=AFTER_OTHERS)
    app.connect("doctree-resolved", write_page, priority=AFTER_OTHERS)
    app.connect("html-page-context", name_alternative)
    app.connect("build-finished", write_index)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
