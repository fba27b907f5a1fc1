"""How Sphinx builds the site."""

import os
import sys
from importlib.metadata import version as installed_version
from pathlib import Path

# Extensions that are of use to this site alone.
sys.path.insert(0, str(Path(__file__).with_name("_extensions")))

project = "Python and Network Sockets"
author = "the contributors"
copyright = f"2026, {author}"
version = release = installed_version("python-sockets-tutorial")
language = "en"

extensions = [
    "quick_builds",
    "myst_parser",
    "tested_pages.sphinx_extension",
    "live_pages.sphinx_extension",
    "sphinx_design",
    "sphinx_exercise",
    "sphinx.ext.intersphinx",
    "deck_map",
    "folded_boxes",
    "checkable_exercises",
    "exercise_numbers",
    "book",
    "light_theme",
    "listing_archives",
    "long_rows",
    "markdown_pages",
    "section_search",
    "slides",
    "trimmed_listings",
]
exclude_patterns = ["_static", "_templates", "_inventories"]
nitpicky = True
# A session that shows a syntax error cannot be coloured without one.
suppress_warnings = ["misc.highlighting_failure"]
# Stored here, since a build reaches out to nobody.
intersphinx_mapping = {"python": ("https://docs.python.org/3", "_inventories/python.inv")}

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "light_theme"
# What previews of a page elsewhere show.
light_theme_card = "_static/social_card.png"
light_theme_rare_styles = {"references.css": 'class="references'}
html_title = project
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
# Read the Docs names the site's address in the one variable, the publishing workflow in the other.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL") or os.environ.get("SITE_URL", "")
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
# Begins llms.txt, the list of pages for programs that read, and tells what is in the book.
llms_summary = epub_description = (
    "A tutorial in two parts, on Python for those who have programmed in another language, and on"
    " network sockets in Python. Every program, session and line of output on its pages was run"
    " when the site was built, and pictures of what crossed the wire are drawn from those runs."
)

epub_basename = "python_and_network_sockets"
epub_identifier = "python-sockets-tutorial"
epub_scheme = "URN"
epub_uid = "BookId"
epub_show_urls = "no"
# Sphinx leaves the second when the configuration has changed.
epub_exclude_files = ["search.xhtml", ".buildinfo.bak"]
# The book has no style sheet of the theme.
epub_css_files = [*html_css_files, "book.css"]
epub_tocdepth = 2
# The trees of contents are hidden on the first page, since the site shows them at its side.
epub_tocscope = "includehidden"
