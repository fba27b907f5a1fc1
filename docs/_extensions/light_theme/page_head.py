"""What a page says of itself to search engines and previews, and what is mended in its HTML."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.images import get_image_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

# Search engines show about as much.
DESCRIPTION_LENGTH = 160
# sphinx-exercise gives the same id to each exercise's text.
REPEATED_ID = re.compile(r' id="(?:exercise|solution)-content"')
# sphinx-design says of the label of a tab what HTML allows its button alone.
CONTROLS_OF_LABEL = re.compile(r'(<label) aria-controls="[^"]*"| id="sd-tab-item-\d+-content"')
# Keeps an empty line before the first, where there is one.
EMPTY = re.compile(r"<pre><span></span>(?!\n)")
# Sphinx keeps each word of code on one line so; these have no place where a line could end.
UNBREAKABLE = re.compile(r'<span class="pre">([A-Za-z0-9_.]+)</span>')
# Says of a link what kind of role wrote it.
ROLE = re.compile(r'<span class="(?:doc|(?:xref )?std std-(?:term|ref|doc|numref))">([^<]*)</span>')
IMAGE = re.compile(r'<img (?P<attributes>[^>]*src="(?P<source>[^"]+)"[^>]*?) ?/?>')


def description(metadata: Mapping[str, Any], doctree: nodes.document | None) -> str:
    """The front matter's `description`, or how the page begins.

    Where the first paragraph opens a list ("After this page you can"), the list belongs to it.
    """
    if text := str(metadata.get("description", "")):
        return text
    first = next(iter(doctree.findall(nodes.paragraph)), None) if doctree else None
    if first is None:
        return ""
    following = first.next_node(descend=False, siblings=True)
    items = following.children if isinstance(following, nodes.bullet_list) else []
    whole = " ".join(" ".join(part.astext() for part in (first, *items)).split())
    if len(whole) <= DESCRIPTION_LENGTH:
        return whole
    return whole[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def mended(body: str) -> str:
    """The page without ids that do not name one element of it, and what no label may have."""
    return CONTROLS_OF_LABEL.sub(r"\1", REPEATED_ID.sub("", body))


def without_needless_spans(body: str) -> str:
    """The page without marks around words that make no difference to them."""
    return ROLE.sub(r"\1", UNBREAKABLE.sub(r"\1", EMPTY.sub("<pre>", body)))


def with_image_sizes(body: str, app: Sphinx) -> str:
    """The page with sizes on its pictures, so that text does not move when they arrive."""
    files = {name: Path(app.srcdir, source) for source, name in app.builder.images.items()}

    def sized(match: re.Match[str]) -> str:
        attributes = match["attributes"]
        file = files.get(unescape(match["source"]).rpartition("/")[2])
        size = get_image_size(file) if file and file.is_file() else None
        if size is None or "width=" in attributes or "style=" in attributes:
            return match[0]
        width, height = size
        return f'<img {attributes} width="{width}" height="{height}" loading="lazy" />'

    return IMAGE.sub(sized, body)
