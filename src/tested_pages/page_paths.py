"""Where pages are: in their folder, and beside it the README of each program to take home.

With pages in `docs`, the page `sockets/udp` is `docs/sockets/udp.md`, and the page `examples/chat`
is `examples/chat/README.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = "examples"
README = "README.md"


def page_path(docs: Path, docname: str) -> Path:
    """The Markdown file of a page; it need not exist."""
    folder, _, name = docname.partition("/")
    if folder == PROGRAMS and name and "/" not in name:
        return docs.parent / PROGRAMS / name / README
    return docs / f"{docname}.md"


def page_name(path: Path, docs: Path) -> str | None:
    """The page, such as `sockets/udp`, whose Markdown file `path` is; None if it is no page."""
    path, docs = path.absolute(), docs.absolute()
    if path.name == README and path.parent.parent == docs.parent / PROGRAMS:
        return f"{PROGRAMS}/{path.parent.name}"
    if path.suffix == ".md" and path.is_relative_to(docs):
        return path.relative_to(docs).with_suffix("").as_posix()
    return None


def readme_pages(docs: Path) -> list[str]:
    """The pages that are not in the folder of the pages, in alphabetical order."""
    readmes = (docs.parent / PROGRAMS).glob(f"*/{README}")
    return sorted(f"{PROGRAMS}/{readme.parent.name}" for readme in readmes)


def all_pages(docs: Path) -> list[str]:
    """All pages, in alphabetical order."""
    names = [path.relative_to(docs).with_suffix("").as_posix() for path in docs.rglob("*.md")]
    return sorted(names + readme_pages(docs))
