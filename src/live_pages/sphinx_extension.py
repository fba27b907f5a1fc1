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
import json
from collections import Counter
from dataclasses import dataclass, replace
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
from tested_pages.keeping import KeptTexts
from tested_pages.sphinx_extension import REPORT_EVENT
from tested_pages.terminal_directive import terminal, terminals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class KnownPage:
    """What a build has to know of each page, whose data it keeps elsewhere.

    Attributes:
        data: The name of the file of what its script needs.
        has_script: Whether there is anything that one could want to run.
        kinds: How many blocks of each kind can run.
        cannot_run: An entry of the report for each other block.
        outlines: How many exercises can be checked.
        unanswerable: An entry of the report for each other exercise that has a check.
    """

    data: str
    has_script: bool
    kinds: Counter[str]
    cannot_run: list[dict[str, Any]]
    outlines: int
    unanswerable: list[dict[str, Any]]


class live_block(nodes.container):  # noqa: N801, docutils names nodes so
    """What a reader can run, or is told why not; attributes `live_id`, `live_kind`, `reason`."""


class live_exercise(nodes.General, nodes.Element):  # noqa: N801
    """Where a reader answers an exercise; attributes `exercise`, `outline`, `reason`."""


def note_page(app: Sphinx, doctree: nodes.document) -> None:
    """Marks what can run of the page that was just read, and keeps what its script needs."""
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
    page = _with_exercises(page, doctree)
    name, text = data_file(docname, page)
    kept_data(app).keep(docname, text)
    pages_of(app.env)[docname] = known_page(page, name)


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


def _with_exercises(page: LivePage, doctree: nodes.document) -> LivePage:
    """The page with what its answers begin with, and why some exercises have none here."""
    found = list(doctree.findall(live_exercise))
    outlines = {node["exercise"]: node["outline"] for node in found if not node["reason"]}
    unanswerable = {node["exercise"]: node["reason"] for node in found if node["reason"]}
    return replace(page, outlines=outlines, unanswerable=unanswerable)


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
    if app.config.live_pages_ready and doctree and page and page.has_script:
        attributes: dict[str, Any] = {"data-live-page": page.data}
        app.add_js_file("live/live.js", loading_method="defer", **attributes)


def write_pages(app: Sphinx, exception: Exception | None) -> None:
    """Leaves the pages' JSON in the output."""
    if exception is not None or not app.config.live_pages_ready:
        return
    live, kept = Path(app.outdir, LIVE), kept_data(app)
    wanted = {live / page.data: docname for docname, page in pages_of(app.env).items()}
    present = set((live / "pages").rglob("*.json"))
    for path in present - wanted.keys():
        path.unlink()
    for path in wanted.keys() - present:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(kept.text(wanted[path]), encoding="utf-8")


def report_counts(app: Sphinx) -> dict[str, Any]:
    """What `examples.json` says of live pages."""
    return {"live": live_counts(pages_of(app.env))}


def data_file(docname: str, page: LivePage) -> tuple[str, str]:
    """Name and text of the file of what a page's script needs.

    The name, with slashes, changes with the text: no old one is ever used beside a new page.
    """
    text = json.dumps(page.as_json(), ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
    return f"pages/{docname}.{digest}.json", text


def known_page(page: LivePage, data: str) -> KnownPage:
    """What is known of a page whose data is in the file of the name."""
    return KnownPage(
        data=data,
        has_script=bool(page.blocks or page.outlines),
        kinds=Counter(block.kind for block in page.blocks if not block.reason),
        cannot_run=[
            {
                "page": page.docname,
                "line": block.line,
                "kind": block.kind,
                "reason": block.reason,
            }
            for block in page.blocks
            if block.reason
        ],
        outlines=len(page.outlines),
        unanswerable=[
            {"page": page.docname, "exercise": name, "reason": reason}
            for name, reason in page.unanswerable.items()
        ],
    )


def live_counts(pages: dict[str, KnownPage]) -> dict[str, Any]:
    """How many blocks can run in a browser, and exercises be checked there; why the rest cannot."""
    in_order = [page for _, page in sorted(pages.items())]
    kinds = sum((page.kinds for page in in_order), Counter[str]())
    cannot_run = [entry for page in in_order for entry in page.cannot_run]
    unanswerable = [entry for page in in_order for entry in page.unanswerable]
    return {
        "can_run": kinds.total(),
        "can_run_by_kind": dict(sorted(kinds.items())),
        "cannot_run": len(cannot_run),
        "reasons": cannot_run,
        "checks": {
            "can_run": sum(page.outlines for page in in_order),
            "cannot_run": len(unanswerable),
            "reasons": unanswerable,
        },
    }


def find_lost(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Pages to read again, since what was kept of them is gone."""
    kept = kept_data(app)
    return [docname for docname in pages_of(env) if not kept.has(docname)]


def kept_data(app: Sphinx) -> KeptTexts:
    """What the pages' scripts need, which a build with another builder may have read."""
    return KeptTexts(app, "live_pages")


def pages_of(env: BuildEnvironment) -> dict[str, KnownPage]:
    """What is known of each page, by docname; kept between builds."""
    pages: dict[str, KnownPage] = vars(env).setdefault("live_pages", {})
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
    app.connect("env-get-outdated", find_lost)
    app.connect("doctree-read", note_page)
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge_pages)
    app.connect("html-page-context", add_script)
    app.connect(REPORT_EVENT, report_counts)
    app.connect("build-finished", write_pages)
    return {"version": "1", "env_version": 4, "parallel_read_safe": True}
