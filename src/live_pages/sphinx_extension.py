"""The Sphinx extension: tells a page's script what of it can run in the reader's browser.

It follows `tested_pages.sphinx_extension`, whose parsed examples it uses. Beside the pages it
writes `_static/live/pages/DOCNAME.DIGEST.json` (`live_pages.page_blocks` is the schema), and to
`examples.json` how many blocks can run and exercises be checked there, and why the others cannot.
In the HTML a block stands in an element with `data-live`, its id, `data-live-kind`, and
`data-live-reason` if it cannot run. Who knows an exercise that `exercise_checks` can check puts a
`live_exercise` below it: an empty element with `data-live-exercise`, its name, and
`data-live-reason`.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import SphinxError
from sphinx.util import logging

from live_pages.node_build import DIGITS, LIVE, NotBundled, bundle
from live_pages.page_blocks import (
    PYTHON_2,
    Block,
    FrontMatterError,
    LivePage,
    live_page,
)
from tested_pages.terminal_directive import terminal, terminals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

# After tested_pages has written examples.json.
AFTER_REPORT = 900


class live_block(nodes.container):  # noqa: N801, docutils names nodes so
    """What a reader can run, or is told why not; attributes `live_id`, `live_kind`, `reason`."""


class live_exercise(nodes.General, nodes.Element):  # noqa: N801
    """Where a reader answers an exercise; attributes `exercise`, `outline`, `reason`."""


def note_blocks(app: Sphinx, doctree: nodes.document) -> None:
    """Marks the blocks of the page that was just read, and keeps what its script needs."""
    docname = app.env.current_document.docname
    path = Path(app.env.doc2path(docname))
    if path.suffix != ".md":
        return
    code = Path(app.confdir, app.config.tested_pages_code).resolve()
    try:
        page = live_page(docname, path, Path(app.srcdir), code)
    except FrontMatterError as error:
        logger.warning("%s", error, location=(docname, 1), type="live_pages")
        return
    except UnicodeDecodeError:
        return  # tested_pages reports it
    for block, node in _shown(page, doctree):
        _wrap(block, node)
    pages_of(app.env)[docname] = page


def _shown(page: LivePage, doctree: nodes.document) -> Iterator[tuple[Block, nodes.Element]]:
    """The blocks with the nodes that show them, found by what they show, in page order."""
    candidates: dict[tuple[str, str], list[nodes.Element]] = {}
    for group in doctree.findall(terminals):
        names = dict.fromkeys(pane["name"] for pane in group.findall(terminal))
        candidates.setdefault(("terminals", "\n".join(names)), []).append(group)
    for node in doctree.findall(nodes.literal_block):
        if isinstance(node, terminal):
            continue
        source = Path(node.get("source", ""))
        shown = node.astext().strip()
        for name, text in page.files.items():
            if source.name == Path(name).name and text.strip() == shown:
                candidates.setdefault(("listing", name), []).append(_with_caption(node))
                break
        else:
            candidates.setdefault(("python", shown), []).append(node)
    for block in page.blocks:
        if block.reason == PYTHON_2:
            continue
        is_python = block.kind in ("session", "code")
        text = page.bodies[block.id].strip() if is_python else block.text
        if found := candidates.get(("python" if is_python else block.kind, text)):
            yield block, found.pop(0)


def _with_caption(node: nodes.literal_block) -> nodes.Element:
    parent = node.parent
    is_wrapper = isinstance(parent, nodes.container) and parent.get("literal_block")
    return parent if is_wrapper else node


def _wrap(block: Block, node: nodes.Element) -> None:
    wrapper = live_block(live_id=block.id, live_kind=block.kind, reason=block.reason)
    node.replace_self(wrapper)
    wrapper += node


def note_exercises(app: Sphinx, doctree: nodes.document) -> None:
    """Keeps what the page's answers begin with, and why some exercises have none here."""
    found = list(doctree.findall(live_exercise))
    outlines = {node["exercise"]: node["outline"] for node in found if not node["reason"]}
    unanswerable = {node["exercise"]: node["reason"] for node in found if node["reason"]}
    docname = app.env.current_document.docname
    pages = pages_of(app.env)
    if found and docname in pages:
        pages[docname] = replace(pages[docname], outlines=outlines, unanswerable=unanswerable)


def visit_live_exercise(self: HTML5Translator, node: live_exercise) -> None:
    """Leaves an empty element, in which the page's script puts a button."""
    if self.builder.name == "epub":
        return
    names = {"data-live-exercise": node["exercise"]}
    if node["reason"]:
        names["data-live-reason"] = node["reason"]
    attributes = "".join(f' {name}="{self.attval(value)}"' for name, value in names.items())
    self.body.append(f"<div{attributes}></div>\n")


def visit_live_block(self: HTML5Translator, node: live_block) -> None:
    """Begins the element of a block; a book has none, since nothing runs in it."""
    if self.builder.name == "epub":
        return
    names = {"data-live": node["live_id"], "data-live-kind": node["live_kind"]}
    if node["reason"]:
        names["data-live-reason"] = node["reason"]
    attributes = "".join(f' {name}="{self.attval(value)}"' for name, value in names.items())
    self.body.append(f"<div{attributes}>")


def depart_live_block(self: HTML5Translator, node: live_block) -> None:
    """Ends the element of a block."""
    if self.builder.name != "epub":
        self.body.append("</div>\n")


def _leave_to_children(self: nodes.NodeVisitor, node: nodes.Element) -> None:
    """What cannot be run is shown as ever."""


def bundle_scripts(app: Sphinx) -> None:
    """Puts the scripts of live pages into the site, or says in one line why it has none."""
    app.config.live_pages_ready = False
    if app.builder.format != "html" or app.builder.name == "epub":
        return
    try:
        bundle(Path(app.outdir))
    except NotBundled as error:
        if error.is_failure:
            raise SphinxError(str(error)) from error
        logger.info("pages will not be live: %s", error)
        return
    app.config.live_pages_ready = True
    # On every page, so that a theme may put it into the one style sheet of the site.
    app.add_css_file("live/live.css")


def add_script(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Gives a page with something to run the one small script that waits for a press."""
    page = pages_of(app.env).get(pagename)
    if app.config.live_pages_ready and doctree and page and (page.blocks or page.outlines):
        name, _ = data_file(pagename, page)
        attributes: dict[str, Any] = {"data-live-page": name}
        app.add_js_file("live/live.js", loading_method="defer", **attributes)


def write_pages(app: Sphinx, exception: Exception | None) -> None:
    """Leaves the pages' JSON and the counts of what can run in the output."""
    if exception is not None or app.builder.format != "html" or app.builder.name == "epub":
        return
    pages = pages_of(app.env)
    if app.config.live_pages_ready:
        live = Path(app.outdir, LIVE)
        written = {live / name: text for name, text in itertools.starmap(data_file, pages.items())}
        for path in (live / "pages").rglob("*.json"):
            if path not in written:
                path.unlink()
        for path, text in written.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    report = Path(app.outdir, "examples.json")
    values = json.loads(report.read_text(encoding="utf-8"))
    values["live"] = live_counts(pages)
    text = json.dumps(values, indent=1, ensure_ascii=False) + "\n"
    report.write_text(text, encoding="utf-8")


def data_file(docname: str, page: LivePage) -> tuple[str, str]:
    """Name and text of the file of what a page's script needs.

    The name, with slashes, changes with the text: no old one is ever used beside a new page.
    """
    text = json.dumps(page.as_json(), ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
    return f"pages/{docname}.{digest}.json", text


def live_counts(pages: dict[str, LivePage]) -> dict[str, Any]:
    """How many blocks can run in a browser, and exercises be checked there; why the rest cannot."""
    blocks = [(docname, block) for docname, page in sorted(pages.items()) for block in page.blocks]
    kinds = Counter(block.kind for _, block in blocks if not block.reason)
    cannot = [
        {"page": docname, "line": block.line, "kind": block.kind, "reason": block.reason}
        for docname, block in blocks
        if block.reason
    ]
    return {
        "can_run": sum(kinds.values()),
        "can_run_by_kind": dict(sorted(kinds.items())),
        "cannot_run": len(cannot),
        "reasons": cannot,
        "checks": check_counts(pages),
    }


def check_counts(pages: dict[str, LivePage]) -> dict[str, Any]:
    """How many exercises can be checked in a browser, and those that cannot with their reasons."""
    cannot = [
        {"page": docname, "exercise": name, "reason": reason}
        for docname, page in sorted(pages.items())
        for name, reason in page.unanswerable.items()
    ]
    return {
        "can_run": sum(len(page.outlines) for page in pages.values()),
        "cannot_run": len(cannot),
        "reasons": cannot,
    }


def pages_of(env: BuildEnvironment) -> dict[str, LivePage]:
    """What is known of each page, by docname; kept between builds."""
    pages: dict[str, LivePage] = vars(env).setdefault("live_pages", {})
    return pages


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drops what is known of a page that is gone or read anew."""
    pages_of(env).pop(docname, None)


def merge_pages(
    app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
) -> None:
    """Takes over what another process has read."""
    known = pages_of(other)
    pages_of(env).update({docname: known[docname] for docname in docnames if docname in known})


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension."""
    app.setup_extension("tested_pages.sphinx_extension")
    app.add_config_value("live_pages_ready", default=False, rebuild="")
    plain = (_leave_to_children, _leave_to_children)
    app.add_node(
        live_block,
        html=(visit_live_block, depart_live_block),
        latex=plain,
        text=plain,
        man=plain,
        texinfo=plain,
    )
    app.add_node(
        live_exercise,
        html=(visit_live_exercise, _leave_to_children),
        latex=plain,
        text=plain,
        man=plain,
        texinfo=plain,
    )
    app.connect("builder-inited", bundle_scripts)
    app.connect("doctree-read", note_blocks)
    app.connect("doctree-read", note_exercises)
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge_pages)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write_pages, priority=AFTER_REPORT)
    return {"version": "1", "env_version": 3, "parallel_read_safe": True}
