"""The theme of the site: looks like sphinx-book-theme, at a thirtieth of its weight.

What differs from the parent theme, and why each thing is here:

- `theme/layout.html`, `search.html`, `404.html`: the parent's layout asks for Bootstrap, Font
  Awesome and the search index on every page, does nothing useful without JavaScript, and resolves
  the table of contents several times for each page. Ours keeps the parent's class names, so that
  the parent's style sheets still apply.
- `stylesheet.py`: the parent's style sheets are for all that anybody may write; of them only what
  the pages use is kept, in one file. The file's second part, for a dark system without JavaScript,
  is made from the rules that the parent writes for its own switch.
- `code_colours.py`: in code, a mark only where the colour changes.
- `theme/static/light_theme.css`: icons without an icon font, the focus one sees, print, and the
  few places where our layout is not the parent's.
- `theme/static/light_theme.js`: all that needs a script: dark or light, copying, and the search.
- `sidebar.py`: the list of pages, made once and not once for each page.
- `page_head.py`, `site_files.py`: what search engines and previews ask for.
- `hosting.py`: what pages may load, and how long browsers keep files.
- `makers.py`, `shared_words.py`: what a build must write again besides the edited page.
- `static_files.py`, `page_names.py`: what it need not do again.

`tests/docs/test_light_theme.py` fails when something of the parent changes that is replaced here,
or goes that is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from light_theme.code_colours import use_lean_formatter
from light_theme.hosting import FIRST_SCRIPT, POLICY, write_headers
from light_theme.makers import note_makers
from light_theme.page_head import (
    description,
    mended,
    with_image_sizes,
    without_needless_spans,
)
from light_theme.shared_words import drop_page, pages_to_write
from light_theme.sidebar import sidebar_of
from light_theme.site_files import lighten_script, page_not_found, write_site_files
from light_theme.static_files import leave_as_they_are, note_static_files
from light_theme.stylesheet import (
    look_for_other_names,
    note_bundled_styles,
    styles_of_page,
    write_stylesheets,
)

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# Of a digest in an address; Sphinx has as many.
DIGITS = 8
THEME = Path(__file__).with_name("theme")
FIRST, BEFORE_PARENT, AFTER_OTHERS, LAST = 0, 400, 900, 950
# Of exercises, in `exercise_numbers`.
AFTER_NUMBERING = 1100

# Lists of templates that the parent theme renders for each page, to see whether they are empty.
COMPONENTS_OF_PARENT = (
    "sidebars",
    "theme_article_header_end",
    "theme_article_header_start",
    "theme_footer_content_items",
    "theme_primary_sidebar_end",
    "theme_secondary_sidebar_items",
)
# What the layout has no use for: the search tools are loaded by those who search.
SCRIPTS_OF_PARENT = (
    "_static/documentation_options.js",
    "_static/doctools.js",
    "_static/sphinx_highlight.js",
    "_static/scripts/sphinx-book-theme.js",
    "_static/design-tabs.js",
)
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'


def drop_components(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: nodes.document
) -> None:
    """Keeps the parent theme from rendering parts that our layout does not show."""
    for name in COMPONENTS_OF_PARENT:
        context[name] = []


def prepare_page(
    app: Sphinx,
    page: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Adds what the layout shows and leaves out the style sheets and scripts that it replaces."""
    context["light_policy"] = POLICY
    context["light_first_script"] = FIRST_SCRIPT
    context["light_sidebar"] = sidebar_of(app, page)
    context["light_description"] = description(app.env.metadata.get(page, {}), doctree)
    if app.config.html_baseurl and app.config.light_theme_card:
        base = app.config.html_baseurl.rstrip("/")
        context["light_card"] = f"{base}/{app.config.light_theme_card}"
    needed, rare = styles_of_page(app, context["css_files"], context.get("body", ""))
    context["css_files"], context["light_rare_styles"] = needed, rare
    context["light_makers"] = app.config.light_theme_makers[:DIGITS]
    context["script_files"] = [
        script for script in context["script_files"] if not _is_of_parent(script)
    ]
    # docutils and Sphinx both say it.
    context["metatags"] = context.get("metatags", "").replace(VIEWPORT, "")
    if "body" in context:
        body = without_needless_spans(mended(context["body"]))
        context["body"] = with_image_sizes(body, app)


def _is_of_parent(script: Any) -> bool:
    """Whether it is one of the parent's scripts, or an inline one that sets their options."""
    body = str(getattr(script, "attributes", {}).get("body", ""))
    return script.filename in SCRIPTS_OF_PARENT or body.startswith("DOCUMENTATION_OPTIONS.")


def connect_pages(app: Sphinx) -> None:
    """Has pages prepared for our layout, which a book does not have."""
    if app.builder.name == "epub":
        return
    app.connect("html-page-context", drop_components, priority=BEFORE_PARENT)
    app.connect("html-page-context", prepare_page, priority=AFTER_OTHERS)
    app.connect("html-collect-pages", page_not_found)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the theme; `html_theme = "light_theme"` chooses it."""
    app.add_html_theme("light_theme", str(THEME))
    app.add_config_value("light_theme_card", "", "html", [str])
    # Style sheets that few pages need, each with what is in the HTML of those that do.
    app.add_config_value("light_theme_rare_styles", {}, "html", [dict])
    app.add_config_value("light_theme_makers", "", "html", [str])
    # After others have added folders of static files.
    app.connect("config-inited", note_makers, priority=AFTER_OTHERS)
    app.connect("env-purge-doc", drop_page)
    app.connect("env-get-updated", pages_to_write, priority=AFTER_NUMBERING)
    app.connect("builder-inited", note_bundled_styles, priority=AFTER_OTHERS)
    app.connect("builder-inited", connect_pages)
    app.connect("builder-inited", use_lean_formatter, priority=AFTER_OTHERS)
    app.connect("write-started", leave_as_they_are)
    app.connect("build-finished", look_for_other_names, priority=FIRST)
    app.connect("build-finished", write_stylesheets, priority=AFTER_OTHERS)
    app.connect("build-finished", write_site_files, priority=AFTER_OTHERS)
    app.connect("build-finished", write_headers, priority=AFTER_OTHERS)
    app.connect("build-finished", lighten_script, priority=AFTER_OTHERS)
    app.connect("build-finished", note_static_files, priority=LAST)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
