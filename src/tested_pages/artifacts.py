"""What the runs of pages left behind, kept in Sphinx's environment from build to build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment
    from sphinx.util.docutils import SphinxDirective

    from tested_pages.results import PageResult


def results_of(env: BuildEnvironment) -> dict[str, PageResult]:
    """The latest result of each page, by docname."""
    results: dict[str, PageResult] = vars(env).setdefault("tested_pages_results", {})
    return results


def artifact_for(directive: SphinxDirective) -> Any | None:
    """What the run left for this directive's fence; None if it failed or was not run."""
    result = results_of(directive.env).get(directive.env.current_document.docname)
    return result.artifact_at(directive.lineno) if result else None
