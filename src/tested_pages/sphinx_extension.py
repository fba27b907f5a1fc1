"""The Sphinx extension: runs the examples of outdated pages and shows what they did.

A page of which only prose was edited shows what its examples did when they last ran.

Configuration: `tested_pages_code`, the folder of the listings, relative to the configuration
folder; `tested_pages_deadline`, seconds that one example may take; `tested_pages_jobs`, how many
pages run at a time (0: as many as the processors can bear).
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.errors import SphinxError
from sphinx.util import logging

from tested_pages import (
    ladder,
    references_directive,
    terminal_directive,
    version_directives,
    wire,
)
from tested_pages.artifacts import result_of, results_of
from tested_pages.background_run import BackgroundRun
from tested_pages.host_process import HostProcess, RunnerError
from tested_pages.keeping import KeptTexts, write_if_changed
from tested_pages.page_paths import all_pages, page_path
from tested_pages.page_runner import DEADLINE_SECONDS, PageRunner
from tested_pages.page_task import read_page
from tested_pages.readme_documents import find_readmes
from tested_pages.report import (
    count_outcomes,
    foot_sentences,
    network_sentence,
    page_report,
    report_text,
)
from tested_pages.unchanged_examples import example_lines, result_as_text, unchanged_result
from tested_pages.used_files import digest_of_used_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from tested_pages.results import PageResult
    from tested_pages.unchanged_examples import ExampleLines

logger = logging.getLogger(__name__)

STYLES = Path(__file__).with_name("static")
# Listeners return what the report is to say besides: JSON values by their names.
REPORT_EVENT = "tested-pages-report"


class OutdatedPages:
    """Finds the pages that a build has to run, and runs them while it reads them.

    What needs a page's result waits for that page alone. A build that reads in several processes
    waits for all pages first, since what arrives later would not reach those processes.
    """

    def __init__(self) -> None:
        self._host: HostProcess | None = None
        self._run: BackgroundRun | None = None
        self._digests_of_all: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        self._ran: list[PageResult] = []
        self._unchanged: dict[str, PageResult] = {}
        self._lines: dict[str, ExampleLines | None] = {}

    def start_early(self, app: Sphinx) -> None:
        """Starts the process that runs pages, if one was edited, so that it is soon ready."""
        if was_edited(app) and hasattr(os, "fork"):
            # What is wrong is said when pages are to run.
            with contextlib.suppress(RunnerError):
                self._host = HostProcess()

    def find(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> Iterable[str]:
        """Pages to run again: their examples failed, or what those use is not what it was."""
        self._digests_of_all = _digests(app, env)
        known, kept = digests_of(env), _kept(app)
        return [
            docname
            for docname, digest in self._digests_of_all.items()
            if known.get(docname) != digest or not kept.has(docname)
        ]

    def start(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Begins to run the pages that are about to be read."""
        digests, known, kept = self._digests_of_all, digests_of(env), _kept(app)
        for gone in known.keys() - env.found_docs:
            del known[gone]
            kept.forget(gone)
            _kept_results(app).forget(gone)
        self._unchanged = {
            docname: result
            for docname in docnames
            if (result := _unchanged(app, docname, digests.get(docname)))
        }
        for docname in docnames:
            kept.forget(docname)
            _kept_results(app).forget(docname)
        for docname in sorted(env.found_docs - digests.keys()):
            message = "the examples of this page are not run, since it is not Markdown"
            logger.warning(message, location=docname, type="tested_pages", subtype="page")
        self._digests = {docname: digests[docname] for docname in docnames if docname in digests}
        pages = _in_order(env, self._digests.keys() - self._unchanged.keys())
        self._ran = []
        self._lines = {docname: _lines_of(env, docname) for docname in self._digests}
        if pages:
            runner = PageRunner(
                Path(app.srcdir),
                _code(app),
                jobs=app.config.tested_pages_jobs or None,
                deadline_seconds=app.config.tested_pages_deadline,
                host=self._host,
            )
            self._host = None
            try:
                self._run = BackgroundRun(runner, pages)
            except RunnerError as error:
                raise SphinxError(str(error)) from error
        results_of(env).wait_for = lambda docname: self.wait_for(app, docname)
        for docname in sorted(self._digests):
            # Sphinx gives up at a page that is not UTF-8, before it tells anyone.
            if app.parallel > 1 or not _is_utf_8(Path(env.doc2path(docname))):
                self.wait_for(app, docname)

    def wait_for(self, app: Sphinx, docname: str) -> None:
        """Records a page's result, once it has run, and reports failures at their file and line."""
        digest = self._digests.pop(docname, None)
        if digest is None:
            return
        result = self._unchanged.get(docname) or self._result_of_run(docname)
        results_of(app.env)[docname] = result
        report = json.dumps(page_report(result), indent=1, ensure_ascii=False)
        _kept(app).keep(docname, report)
        # A page without a digest is outdated in the next build.
        digests_of(app.env).pop(docname, None)
        if not result.failures:
            digests_of(app.env)[docname] = digest
            lines = self._lines[docname]
            # Somebody may have saved the page meanwhile, whose new examples have not run.
            if lines and lines == _lines_of(app.env, docname):
                _kept_results(app).keep(docname, result_as_text(result, lines))
        for failure in result.failures:
            logger.warning(
                failure.message,
                location=(docname, failure.line),
                type="tested_pages",
                subtype=failure.kind,
            )

    def _result_of_run(self, docname: str) -> PageResult:
        assert self._run
        try:
            result = self._run.result(docname)
        except RunnerError as error:
            raise SphinxError(str(error)) from error
        self._ran.append(result)
        return result

    def finish(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Says what ran."""
        results_of(env).wait_for = None
        run, self._run = self._run, None
        if run:
            counts = count_outcomes(self._ran)
            network = network_sentence(run.runner.network, run.runner.refusal)
            run.close()
            logger.info("%s in %.1f s; %s", counts, run.seconds, network)
        elif self._unchanged:
            logger.info("no example ran, since none was edited, nor what it uses")

    def give_up(self, app: Sphinx, exception: Exception | None) -> None:
        """Ends what still runs when a build fails in the middle."""
        if self._run:
            self._run.close()
        if self._host:
            self._host.close()


def was_edited(app: Sphinx) -> bool:
    """Whether some page is newer than all that Sphinx knows of the pages."""
    docs = Path(app.srcdir)
    since = _changed_at(Path(app.doctreedir, ENV_PICKLE_FILENAME))
    return any(_changed_at(page_path(docs, docname)) > since for docname in all_pages(docs))


def _changed_at(path: Path) -> float:
    # Editors leave links that lead nowhere beside the pages that they have open.
    return path.stat().st_mtime if path.exists() else 0.0


def add_foot(app: Sphinx, doctree: nodes.document) -> None:
    """Ends a page with what ran on it, when and on what."""
    result = result_of(app.env)
    sentences = foot_sentences(result) if result else ""
    if sentences:
        foot = nodes.container(classes=["examples-run"])
        foot += nodes.paragraph("", sentences)
        doctree += foot


def write_report(app: Sphinx, exception: Exception | None) -> None:
    """Leaves `examples.json` in the output, except in an e-book, which may hold no such file."""
    if exception is None and app.builder.format == "html" and app.builder.name != "epub":
        kept = _kept(app)
        pages = {docname: kept.text(docname) for docname in app.env.found_docs if kept.has(docname)}
        more = {name: value for part in app.emit(REPORT_EVENT) for name, value in part.items()}
        write_if_changed(Path(app.outdir, "examples.json"), report_text(pages, more))


def add_styles(app: Sphinx) -> None:
    """Lets the pages find this package's styles."""
    app.config.html_static_path.append(str(STYLES))
    for style in sorted(STYLES.glob("*.css")):
        app.add_css_file(style.name)


def digests_of(env: BuildEnvironment) -> dict[str, str]:
    """What the examples of each page used when they last passed, as digests, build by build."""
    digests: dict[str, str] = vars(env).setdefault("tested_pages_digests", {})
    return digests


def _kept(app: Sphinx) -> KeptTexts:
    """What the report says of each page, as JSON."""
    return KeptTexts(app, "tested_pages")


def _kept_results(app: Sphinx) -> KeptTexts:
    """The results of the pages without failures."""
    return KeptTexts(app, "tested_pages_results")


def _unchanged(app: Sphinx, docname: str, digest: str | None) -> PageResult | None:
    """What the examples of a page did when they last ran, if they would do the same now."""
    env, kept = app.env, _kept_results(app)
    if digest is None or digests_of(env).get(docname) != digest or not kept.has(docname):
        return None
    read_at = env.all_docs.get(docname, 0) / 1e6
    included = [Path(app.srcdir, name) for name in env.dependencies.get(docname, ())]
    if any(not path.exists() or path.stat().st_mtime > read_at for path in included):
        return None
    lines = _lines_of(env, docname)
    return unchanged_result(kept.text(docname), lines) if lines else None


def _lines_of(env: BuildEnvironment, docname: str) -> ExampleLines | None:
    """The lines of a page on which its examples depend; None if it cannot be read."""
    path = Path(env.doc2path(docname))
    return example_lines(read_page(path), path) if _is_utf_8(path) else None


def _digests(app: Sphinx, env: BuildEnvironment) -> dict[str, str]:
    """For each Markdown page a digest of what its examples use."""
    return {
        docname: digest_of_used_files(path, docname, _code(app))
        for docname in env.found_docs
        if (path := Path(env.doc2path(docname))).suffix == ".md"
    }


def _in_order(env: BuildEnvironment, docnames: Iterable[str]) -> list[str]:
    """As Sphinx reads them, but first those that hold it up if they come last."""
    pages = sorted(docnames)
    terminals = {
        docname: Path(env.doc2path(docname)).read_bytes().count(b"```{terminal}")
        for docname in pages
    }
    longest = sorted(pages, key=terminals.__getitem__)[-(len(pages) // 4) :]
    return sorted(pages, key=lambda docname: docname not in longest)


def _is_utf_8(path: Path) -> bool:
    try:
        read_page(path)
    except UnicodeDecodeError:
        return False
    return True


def _code(app: Sphinx) -> Path:
    return Path(app.confdir, app.config.tested_pages_code)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension."""
    app.add_config_value("tested_pages_code", "../src/tutorial_examples", "env", [str])
    app.add_config_value("tested_pages_deadline", DEADLINE_SECONDS, "", [float, int])
    app.add_config_value("tested_pages_jobs", 0, "", [int])
    app.add_event(REPORT_EVENT)
    app.connect("builder-inited", add_styles)
    app.connect("builder-inited", find_readmes)
    outdated = OutdatedPages()
    outdated.start_early(app)
    app.connect("env-get-outdated", outdated.find)
    app.connect("env-before-read-docs", outdated.start)
    app.connect("env-updated", outdated.finish)
    app.connect("build-finished", outdated.give_up)
    app.connect("doctree-read", add_foot)
    app.connect("build-finished", write_report)
    terminal_directive.setup_terminals(app)
    wire.setup_wire(app)
    ladder.setup_ladder(app)
    references_directive.setup_references(app)
    version_directives.setup_versions(app)
    return {"version": "1", "env_version": 2, "parallel_read_safe": True}
