"""Shows each page as slides too: a link in the page's bar, and the scripts that it asks for.

The slides are the page itself, cut by a script in the reader's browser, so nothing is written or
built twice. Nothing of it is loaded before a reader asks for it, with the link or with an address
that ends in `?slides`:

- `outline.js`, `prose.js`, `sentences.js`: what of a page stands on slides; the rest of its prose
  is for whoever speaks.
- `cut.js`: how that is cut into slides, from sizes alone; `deck.js` measures, and makes them.
- `steps.js`, `reveal.js`: what is typed comes first, what it prints with the next press.
- `view.js`, `keys.js`, `position.js`, `help.js`: moving among the slides.
- `presenter.js`: the window with the text, for the speaker.
- `slides.css`: sizes for a projector, the overview, and one slide on each printed sheet.

An author steers it with three classes, which the page on contributing describes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxError
from sphinx.util import logging
from steps import Step, files_below

from live_pages.node_build import PACKAGE, NotBundled, find_esbuild, run_esbuild

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

HERE = Path(__file__).parent
# The scripts import some of it.
IMPORTED = PACKAGE / "page"
SLIDES = Path("_static", "slides")

logger = logging.getLogger(__name__)


def bundle_slides(app: Sphinx) -> None:
    """Puts the script and the style sheet into the site, or says in one line why it has none."""
    app.config.slides_ready = False
    if app.builder.name != "html":
        return
    target = Path(app.outdir) / SLIDES
    try:
        esbuild = find_esbuild()
        sources: list[Path | str] = [esbuild, *files_below(HERE), *files_below(IMPORTED)]
        step = Step(app, "slides")
        if not step.is_done(sources, str(target)):
            # A classic script, since browsers refuse modules to a page that is opened from a file.
            run_esbuild(esbuild, "--format=iife", f"--outdir={target}", str(HERE / "slides.js"))
            run_esbuild(esbuild, f"--outdir={target}", str(HERE / "slides.css"))
            step.note(sources, files_below(target), str(target))
    except NotBundled as error:
        if error.is_failure:
            raise SphinxError(str(error)) from error
        logger.info("pages will have no slides: %s", error)
        return
    app.config.slides_ready = True


def offer_slides(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Has the layout show the link on each page that somebody wrote."""
    context["has_slides"] = doctree is not None and app.config.slides_ready


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension."""
    app.add_config_value("slides_ready", default=False, rebuild="")
    app.connect("builder-inited", bundle_slides)
    app.connect("html-page-context", offer_slides)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
