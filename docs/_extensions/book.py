"""Makes a book of the pages: `sphinx -b epub`, and a look into what came out of it.

Tabs have no place in a book, whose reader may know nothing of scripts and little of styles: what
they hold stands one below the other. Comments go too, since XML forbids some that HTML allows, and
of pictures that are there twice, for light and for dark, the dark one. The finished file is opened,
and what a reader could not open is a warning.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from docutils import nodes
from sphinx.util import logging
from sphinx_design.tabs import sd_tab_input, sd_tab_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

MIMETYPE = b"application/epub+zip"
PACKAGE = "content.opf"
OPF = "{http://www.idpf.org/2007/opf}"
XML_SUFFIXES = (".xhtml", ".opf", ".ncx", ".xml")
HTML_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)
TAB_CLASSES = {"sd-tab-set", "sd-tab-content"}


def prepare_page(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Puts each tab's name above what it holds, and leaves out what a book does not show."""
    if app.builder.name != "epub":
        return
    for node in list(doctree.findall(nodes.Element)):
        is_comment = isinstance(node, nodes.raw) and HTML_COMMENT.fullmatch(node.astext())
        if is_comment or "only-dark" in node["classes"]:
            node.parent.remove(node)
    for container in doctree.findall(nodes.container):
        if TAB_CLASSES & set(container["classes"]):
            children = [_without_button(child) for child in container.children]
            container.children = []
            container += [child for child in children if child is not None]
            container["classes"] = []


def _without_button(node: nodes.Node) -> nodes.Node | None:
    if isinstance(node, sd_tab_label):
        return nodes.paragraph("", "", nodes.strong("", "", *node.children))
    return None if isinstance(node, sd_tab_input) else node


def problems_of(path: Path, pages: Iterable[str]) -> Iterator[str]:
    """What is wrong with a book, a sentence each.

    Args:
        path: The EPUB file.
        pages: Names of the pages that should be in it.
    """
    try:
        with zipfile.ZipFile(path) as book:
            yield from _problems_of_book(book, pages)
    except (OSError, zipfile.BadZipFile) as error:
        yield f"the book cannot be opened: {error}"


def _problems_of_book(book: zipfile.ZipFile, pages: Iterable[str]) -> Iterator[str]:
    if damaged := book.testzip():
        yield f"{damaged} is damaged"
    first = book.infolist()[0]
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        yield "its first file should be mimetype, uncompressed"
    elif book.read(first) != MIMETYPE:
        yield f"mimetype should say {MIMETYPE.decode()}"
    names = book.namelist()
    roots = {}
    for name in names:
        if name.endswith(XML_SUFFIXES):
            try:
                roots[name] = ElementTree.fromstring(book.read(name))  # noqa: S314, we wrote it
            except ElementTree.ParseError as error:
                yield f"{name} is no XML: {error}"
    if PACKAGE not in roots:
        yield f"{PACKAGE} is missing"
        return
    items = {item.get("id"): item.get("href", "") for item in roots[PACKAGE].iter(f"{OPF}item")}
    yield from (f"{href} is missing" for href in items.values() if href not in names)
    read = {items.get(item.get("idref")) for item in roots[PACKAGE].iter(f"{OPF}itemref")}
    for page in pages:
        if f"{page}.xhtml" not in read:
            yield f"the page {page} is not among those that one reads"


def check_book(app: Sphinx, error: Exception | None) -> None:
    """Warns of what is wrong with the book that was just made."""
    if error is not None or app.builder.name != "epub":
        return
    path = Path(app.outdir, f"{app.config.epub_basename}.epub")
    for problem in problems_of(path, sorted(app.env.found_docs)):
        logger.warning("%s: %s", path.name, problem, type="book")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension."""
    app.connect("doctree-resolved", prepare_page)
    app.connect("build-finished", check_book)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
