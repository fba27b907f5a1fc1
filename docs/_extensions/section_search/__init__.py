"""A search that finds exact phrases, and the section that they are in.

Sphinx's own index knows words and pages: not an error message, not a section. This one keeps the
text of every section. A browser reads through all of it in some milliseconds, so no index of words
is needed, and what is looked for may hold any character. The file comes as a script, which a page
opened from the file system may load too, and only when somebody searches.

- `sections.py`: the sections of a page.
- `static/section_search.js`: finds, ranks, and shows what was found.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from section_search.sections import Section, sections_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

INDEX = "search_sections.js"
# After all that changes a page, and before it becomes HTML.
AFTER_OTHERS = 900
# Key of `env.metadata`: names by which a page can be found too, and what each is a name of.
NAMES = "search_names"
# A page's front matter may say that it answers better than others, or worse.
WEIGHT = "search_weight"


def replace_search(app: Sphinx) -> None:
    """Has Sphinx make no index of its own, and publish the script that searches in ours."""
    if app.builder.name == "html":
        app.builder.search = False  # type: ignore[attr-defined]
        app.config.html_static_path.append(str(Path(__file__).with_name("static")))


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page that shows what was found."""
    if app.builder.name == "html":
        yield "search", {"title": "Search"}, "search.html"


def note_sections(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keeps what a page's sections hold until the index is written."""
    if app.builder.name == "html":
        path = _noted(app, docname)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(list(sections_of(doctree))), encoding="utf-8")


def write_index(app: Sphinx, error: Exception | None) -> None:
    """Writes the index of all pages: `[address, title, weight, [section, …]]` each."""
    if error is not None or app.builder.name != "html":
        return
    env = app.env
    # In the order in which one reads them, which decides between sections that fit as well.
    order = [page for page in env.collect_relations() if page in env.found_docs]
    pages = [
        [
            app.builder.get_target_uri(page),
            env.titles[page].astext(),
            float(env.metadata.get(page, {}).get(WEIGHT, 1)),
            _sections(app, page),
        ]
        for page in dict.fromkeys([*order, *sorted(env.found_docs)])
    ]
    script = f"globalThis.searchIndex = {json.dumps(pages, ensure_ascii=False)};\n"
    Path(app.outdir, INDEX).write_text(script.replace("</", "<\\/"), encoding="utf-8")


def _sections(app: Sphinx, page: str) -> list[Section]:
    path = _noted(app, page)
    if not path.is_file():  # it was written by a build without this extension
        note_sections(app, app.env.get_and_resolve_doctree(page, app.builder), page)
    sections: list[Section] = json.loads(path.read_text(encoding="utf-8"))
    names = app.env.metadata.get(page, {}).get(NAMES, {})
    return [*sections, *(("", name, what, "name", []) for name, what in names.items())]


def _noted(app: Sphinx, page: str) -> Path:
    return Path(app.doctreedir, "search", f"{page}.json")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension; the theme has the template of the search page."""
    app.connect("builder-inited", replace_search)
    app.connect("doctree-resolved", note_sections, priority=AFTER_OTHERS)
    app.connect("html-collect-pages", search_page)
    app.connect("build-finished", write_index)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
