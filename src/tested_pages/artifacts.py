"""What the runs of pages left behind for the directives that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from tested_pages.keeping import OfThisBuild

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment
    from sphinx.util.docutils import SphinxDirective

    from tested_pages.results import PageResult

logger = logging.getLogger(__name__)

# MyST counts one line too many for each ::: directive whose text begins with another one.
MOST_LINES_TOO_MANY = 2


class Results(OfThisBuild["PageResult"]):
    """The results of the pages that this build runs, by docname.

    Attributes:
        wait_for: Called with a docname before its result is looked for, which may not be there yet.
    """

    wait_for: Callable[[str], None] | None = None


def results_of(env: BuildEnvironment) -> Results:
    """The results that this build has so far."""
    results: Results = vars(env).setdefault("tested_pages_results", Results())
    return results


def result_of(env: BuildEnvironment) -> PageResult | None:
    """The result of the page that is being read; None if it was not run."""
    results, docname = results_of(env), env.current_document.docname
    if results.wait_for:
        results.wait_for(docname)
    return results.get(docname)


def artifact_for(directive: SphinxDirective) -> Any | None:
    """What the run left for this directive's fence; None if it failed or was not run.

    A fence that the run did not come across is reported: it would show what nobody has checked.
    """
    result = result_of(directive.env)
    if result is None:
        return None
    for line in range(directive.lineno, directive.lineno - MOST_LINES_TOO_MANY - 1, -1):
        here = (line, directive.name)
        if any((example.fence_line, example.kind) == here for example in result.examples):
            return result.artifact_at(line)
    if not result.failures:
        message = f"this {{{directive.name}}} was not run; write it as a fence of the page itself"
        logger.warning(message, location=directive.get_location(), type="tested_pages")
    return None
