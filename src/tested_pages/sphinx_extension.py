"""The Sphinx extension: runs the examples of outdated pages and shows what they did.

Configuration: `tested_pages_code`, the folder of the listings, relative to the configuration
folder; `tested_pages_deadline`, seconds that one example may take; `tested_pages_jobs`, how many
pages run at a time (0: one for each processor).
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import SphinxError
from sphinx.util import logging

from tested_pages import (
    ladder,
    references_directive,
    terminal_directive,
    version_directives,
    wire,
)
from tested_pages.artifacts import results_of
from tested_pages.page_runner import DEADLINE_SECONDS, PageRunner, RunnerError
from tested_pages.report import as_report, count_outcomes, foot_sentences, network_sentence
from tested_pages.used_files import digest_of_used_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from tested_pages.results import PageResult

logger = logging.getLogger(__name__)

STYLES = Path(__file__).with_name("static")


def find_outdated(
    app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    removed: set[str],
) -> Iterable[str]:
    """Pages to run again: their examples failed, or what those use is not what it was."""
    records = results_of(env)
    digests = _digests(app, env)
    return [
        docname
        for docname in env.found_docs
        if docname in digests
        and docname in records
        and (records[docname].failures or digests[docname] != digests_of(env).get(docname))
    ]


def run_outdated(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Runs the pages that are about to be read, and reports failures at their file and line."""
    records, digests = results_of(env), _digests(app, env)
    for gone in set(records) - env.found_docs:
        del records[gone]
        digests_of(env).pop(gone, None)
    for docname in sorted(env.found_docs - digests.keys()):
        message = "the examples of this page are not run, since it is not Markdown"
        logger.warning(message, location=docname, type="tested_pages", subtype="page")
    pages = [docname for docname in docnames if docname in digests]
    if not pages:
        return
    started = time.perf_counter()
    ran: list[PageResult] = []
    try:
        network = _run(app, pages, ran)
    except RunnerError as error:
        raise SphinxError(str(error)) from error
    for result in ran:
        records[result.docname] = result
        digests_of(env)[result.docname] = digests[result.docname]
    for result in sorted(ran, key=lambda result: result.docname):
        for failure in result.failures:
            logger.warning(
                failure.message,
                location=(result.docname, failure.line),
                type="tested_pages",
                subtype=failure.kind,
            )
    seconds = time.perf_counter() - started
    logger.info("%s in %.1f s; %s", count_outcomes(ran), seconds, network)


def _run(app: Sphinx, docnames: list[str], ran: list[PageResult]) -> str:
    """Runs pages, adds their results to `ran`, and says how they were kept apart."""
    with PageRunner(
        Path(app.srcdir),
        _code(app),
        jobs=app.config.tested_pages_jobs or None,
        deadline_seconds=app.config.tested_pages_deadline,
    ) as runner:
        ran += runner.run(docnames)
        return network_sentence(runner.network, runner.refusal)


def add_foot(app: Sphinx, doctree: nodes.document) -> None:
    """Ends a page with what ran on it, when and on what."""
    result = results_of(app.env).get(app.env.current_document.docname)
    sentences = foot_sentences(result) if result else ""
    if sentences:
        foot = nodes.container(classes=["examples-run"])
        foot += nodes.paragraph("", sentences)
        doctree += foot


def write_report(app: Sphinx, exception: Exception | None) -> None:
    """Leaves `examples.json` in the output, except in an e-book, which may hold no such file."""
    if exception is None and app.builder.format == "html" and app.builder.name != "epub":
        report = as_report(results_of(app.env).values())
        text = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
        (Path(app.outdir) / "examples.json").write_text(text, encoding="utf-8")


def add_styles(app: Sphinx) -> None:
    """Lets the pages find this package's styles."""
    app.config.html_static_path.append(str(STYLES))
    for style in sorted(STYLES.glob("*.css")):
        app.add_css_file(style.name)


def digests_of(env: BuildEnvironment) -> dict[str, str]:
    """What the examples of each page used when they last ran, as digests; kept between builds."""
    digests: dict[str, str] = vars(env).setdefault("tested_pages_digests", {})
    return digests


def _digests(app: Sphinx, env: BuildEnvironment) -> dict[str, str]:
    """For each Markdown page a digest of what its examples use."""
    return {
        docname: digest_of_used_files(path, docname, _code(app))
        for docname in env.found_docs
        if (path := Path(env.doc2path(docname))).suffix == ".md"
    }


def _code(app: Sphinx) -> Path:
    return Path(app.confdir, app.config.tested_pages_code)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension."""
    app.add_config_value("tested_pages_code", "../src/tutorial_examples", "env", [str])
    app.add_config_value("tested_pages_deadline", DEADLINE_SECONDS, "", [float, int])
    app.add_config_value("tested_pages_jobs", 0, "", [int])
    app.connect("builder-inited", add_styles)
    app.connect("env-get-outdated", find_outdated)
    app.connect("env-before-read-docs", run_outdated)
    app.connect("doctree-read", add_foot)
    app.connect("build-finished", write_report)
    terminal_directive.setup_terminals(app)
    wire.setup_wire(app)
    ladder.setup_ladder(app)
    references_directive.setup_references(app)
    version_directives.setup_versions(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True}
