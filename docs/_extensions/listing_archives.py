"""One file to download with the listings of each page, of each program, and of all of them.

The listings of `sockets/udp` are `downloads/sockets/udp.zip` in the output, and all listings are
`downloads/all.zip`. The same files make the same bytes, whenever and wherever they are packed.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from steps import Step, files_below

from tested_pages.page_paths import README

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

DOWNLOADS = "downloads"
ALL = "all"
LICENSE = "LICENSE"
# What runs and checks leave beside the listings.
CACHES = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
# The earliest that the format knows.
NO_TIME = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o100644 << 16
UNIX = 3

# After the sentence on what ran, and before the page becomes Markdown.
AFTER_FOOT = 800


def write_zip(path: Path, files: Mapping[str, Path]) -> None:
    """Packs files, uncompressed since compressed bytes depend on who compresses.

    Args:
        path: The file to write.
        files: What to pack, by the names within the archive.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.create_system = UNIX
            entry.external_attr = PLAIN_FILE
            archive.writestr(entry, files[name].read_bytes())


def listings_of(app: Sphinx, docname: str) -> dict[str, Path]:
    """The files in a page's own folder of listings, by their paths in it.

    Empty for a page that has none, or uses those of another page.
    """
    page = Path(app.env.doc2path(docname))
    folder = Path(app.confdir, app.config.tested_pages_code, docname).resolve()
    if page.name == README:
        folder = page.parent
    # As its front matter says.
    if app.env.metadata[docname].get("code", docname) != docname:
        return {}
    found = sorted(Path(name) for name in files_below(folder))
    names = ((path.relative_to(folder), path) for path in found)
    return {name.as_posix(): path for name, path in names if not CACHES & set(name.parts)}


def write_archives(app: Sphinx, error: Exception | None) -> None:
    """Writes all archives, if the site is what has been built, unless they are there already."""
    if error is not None or app.builder.name != "html":
        return
    downloads = Path(app.outdir, DOWNLOADS)
    own_license = Path(app.confdir).parent / LICENSE
    licenses = {LICENSE: own_license} if own_license.is_file() else {}
    listings = {docname: listings_of(app, docname) for docname in sorted(app.env.found_docs)}
    archives = {downloads / f"{docname}.zip" for docname, files in listings.items() if files}
    archives.add(downloads / f"{ALL}.zip")
    step = Step(app, "listing_archives")
    sources = [
        *licenses.values(),
        *(path for files in listings.values() for path in files.values()),
    ]
    if step.is_done(sources, str(downloads)):
        return
    for path in set(downloads.rglob("*.zip")) - archives:
        path.unlink()
    everything = dict(licenses)
    for docname, files in listings.items():
        if files:
            folder = docname.rpartition("/")[2]
            packed = {f"{folder}/{name}": path for name, path in (licenses | files).items()}
            write_zip(downloads / f"{docname}.zip", packed)
            everything |= {f"{docname}/{name}": path for name, path in files.items()}
    write_zip(downloads / f"{ALL}.zip", everything)
    step.note(sources, archives, str(downloads))


def add_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Ends a page that has listings with the line that leads to them, and the first page too."""
    if app.builder.name != "html":
        return
    all_listings = _link(docname, ALL, "all programs of this site")
    line = nodes.paragraph(classes=["listing-archives"])
    if listings_of(app, docname):
        own = _link(docname, docname, "the programs of this page")
        line += [nodes.Text("Download "), own, nodes.Text(", or "), all_listings, nodes.Text(".")]
    elif docname == app.config.root_doc:
        line += [nodes.Text("Download "), all_listings, nodes.Text(".")]
    else:
        return
    last = doctree[-1] if len(doctree) else None
    if isinstance(last, nodes.container) and "examples-run" in last["classes"]:
        last += line
    else:
        doctree += nodes.container("", line, classes=["examples-run"])


def _link(docname: str, archive: str, words: str) -> nodes.reference:
    to_top = "../" * docname.count("/")
    address = f"{to_top}{DOWNLOADS}/{archive}.zip"
    return nodes.reference("", words, refuri=address, internal=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the extension; it comes after tested_pages."""
    app.connect("doctree-resolved", add_links, priority=AFTER_FOOT)
    app.connect("build-finished", write_archives)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
