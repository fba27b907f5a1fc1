"""How Sphinx builds the site."""

import os
import sys
from pathlib import Path

# Extensions that are of use to this site alone.
sys.path.insert(0, str(Path(__file__).with_name("_extensions")))

project = "Python and Network Sockets"
author = "the contributors"
copyright = f"2026, {author}"
language = "en"

extensions = [
    "myst_parser",
    "tested_pages.sphinx_extension",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_exercise",
    "sphinx.ext.intersphinx",
    "deck_map",
    "folded_solutions",
    "checkable_exercises",
]
exclude_patterns = ["_static", "_templates", "_inventories"]
nitpicky = True
# A session that shows a syntax error cannot be coloured without one.
suppress_warnings = ["misc.highlighting_failure"]
# Stored here, since a build reaches out to nobody.
intersphinx_mapping = {"python": ("https://docs.python.org/3", "_inventories/python.inv")}

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "sphinx_book_theme"
html_title = project
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
# Read the Docs names the site's address in the one variable, the publishing workflow in the other.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL") or os.environ.get("SITE_URL", "")
html_context = {"default_mode": "auto"}
html_theme_options = {
    "home_page_in_toc": True,
    "use_download_button": False,
    "use_fullscreen_button": False,
    # The sidebar has the search already.
    "navbar_persistent": [],
    "footer_content_items": ["copyright.html"],
}
html_copy_source = False
html_show_sourcelink = False
html_use_index = False

# What one types is copied, never a prompt or a program's output.
copybutton_exclude = ".linenos, .terminal-prompt, .terminal-output, .terminal-key"
copybutton_prompt_text = r">>> |\.\.\. "
copybutton_prompt_is_regexp = True
