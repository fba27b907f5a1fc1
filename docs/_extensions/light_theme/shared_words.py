"""What pages show of other pages: when that changes, all of them are written again.

Sphinx writes those pages that were edited. But the list beside each page has all titles, links
below it lead to the neighbours, and a reference shows the title of what it leads to.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.domains.std import StandardDomain
    from sphinx.environment import BuildEnvironment

KEPT = "light_theme_shared_words"


def pages_to_write(_app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """All pages, if one shows what is no longer so."""
    last = vars(env).get(KEPT)
    of_all, of_some = list_of_pages(env), what_is_referred_to(env)
    vars(env)[KEPT] = (of_all, of_some)
    if last is None:
        return []
    of_all_then, of_some_then = last
    # To what is new, only what was edited can refer.
    is_same = of_all == of_all_then and all(
        of_some.get(name) == said for name, said in of_some_then.items()
    )
    return [] if is_same else sorted(env.found_docs)


def list_of_pages(env: BuildEnvironment) -> Any:
    """What the list of pages says, and in which order."""
    titles = {page: title.astext() for page, title in env.titles.items()}
    return titles, {page: list(below) for page, below in env.toctree_includes.items()}


def what_is_referred_to(env: BuildEnvironment) -> dict[Any, Any]:
    """For each name that a reference may have, what the reference shows and where it leads."""
    domain = cast("StandardDomain", env.get_domain("std"))
    names: dict[Any, Any] = {}
    for kind, known in (
        ("label", domain.labels),
        ("anchor", domain.anonlabels),
        ("object", domain.objects),
    ):
        names.update({(kind, name): found for name, found in known.items()})
    for page, metadata in env.metadata.items():
        for slug, heading in metadata.get("myst_slugs", {}).items():
            names["heading", page, slug] = heading[1:]
    for page, kinds in env.toc_fignumbers.items():
        for kind, numbers in kinds.items():
            names.update({(kind, page, name): number for name, number in numbers.items()})
    return names


def drop_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Removes what earlier builds wrote of a page that has gone."""
    if app.builder.name == "html" and docname not in env.found_docs:
        for suffix in (".html", ".md"):
            Path(app.outdir, docname + suffix).unlink(missing_ok=True)
