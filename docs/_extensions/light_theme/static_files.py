"""Static files: not copied, bundled and made smaller again in a build that would make the same.

Sphinx copies all of them in each build, the parent theme's seven megabytes too, of which
`stylesheet.py` then throws most away.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder
from steps import Step, files_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

# Folders that others fill, who look themselves whether they have to; and what the parent theme
# writes in each build.
OF_OTHERS = ("live", "slides", "pygments.css")
# What `bring_back` calls; the builder has its own method again then.
COPY = "copy_static_files"


def leave_as_they_are(_app: Sphinx, builder: Builder) -> None:
    """Has Sphinx copy nothing if the static files are as the last build left them."""
    if builder.name != "html" or not isinstance(builder, StandaloneHTMLBuilder):
        return
    app = builder._app
    if _step(app).is_done(_sources(builder), _settings(builder)):
        vars(builder)[COPY] = _nothing


def are_left(app: Sphinx) -> bool:
    """Whether this build has not copied the static files."""
    return COPY in vars(app.builder)


def bring_back(app: Sphinx) -> None:
    """Copies them after all, since something else is to be made of them."""
    del vars(app.builder)[COPY]
    getattr(app.builder, COPY)()


def note_static_files(app: Sphinx, error: Exception | None) -> None:
    """Notes how this build leaves the static files, when all that is made of them is made."""
    builder = app.builder
    if error is not None or builder.name != "html" or are_left(app):
        return
    assert isinstance(builder, StandaloneHTMLBuilder)
    static = Path(app.outdir, "_static")
    results = (
        path
        for path in files_below(static)
        if Path(path).relative_to(static).parts[0] not in OF_OTHERS
    )
    _step(app).note(_sources(builder), results, _settings(builder))


def _nothing() -> None:
    """Copies no file."""


def _step(app: Sphinx) -> Step:
    return Step(app, "static_files")


def _sources(builder: StandaloneHTMLBuilder) -> Iterator[str]:
    for folder in builder.theme.get_theme_dirs():
        yield from files_below(Path(folder, "static"))
    for name in builder.config.html_static_path:
        yield from files_below(Path(builder.confdir, name))


def _settings(builder: StandaloneHTMLBuilder) -> str:
    return f"{builder.build_info.config_hash} {builder.outdir}"
