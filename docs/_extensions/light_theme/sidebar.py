"""The list of all pages beside each page.

A list of N pages on N pages is much work if each one is made from the tree of contents. Here it is
made once for each folder, and on a page only the page's own entry is marked.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

# For each build: a folder of pages, and the list as the pages in it link to it.
_lists: MutableMapping[Builder, dict[str, str]] = WeakKeyDictionary()


def sidebar_of(app: Sphinx, page: str) -> str:
    """The list of pages in HTML, with links from the page and its own entry marked."""
    folder = page.rpartition("/")[0]
    of_build = _lists.setdefault(app.builder, {})
    if folder not in of_build:
        of_build[folder] = _list(app, page)
    own = f'href="{_address(app, page, page)}"'
    return of_build[folder].replace(own, f'{own} aria-current="page"', 1)


def _address(app: Sphinx, page: str, target: str) -> str:
    # Sphinx gives a page's link to itself no address, but the whole folder shares these links.
    relative = app.builder.get_relative_uri(page, target)
    return escape(relative or app.builder.get_target_uri(target).rpartition("/")[2])


def _list(app: Sphinx, page: str) -> str:
    env = app.env
    root = app.config.root_doc

    def link(target: str, text: str) -> str:
        return f'<li><a href="{_address(app, page, target)}">{escape(text)}</a></li>'

    parts = ["<ul>", link(root, app.config.html_title), "</ul>"]
    for tree in env.get_doctree(root).findall(addnodes.toctree):
        if tree["caption"]:
            parts.append(f"<p>{escape(tree['caption'])}</p>")
        parts.append("<ul>")
        parts += [
            link(target, title or env.titles[target].astext())
            for title, target in tree["entries"]
            if target in env.titles
        ]
        parts.append("</ul>")
    return "\n".join(parts)
