"""What occurs in the pages of a site: of those that are as the last build left them, from memory.

To read all pages takes longer than to write one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from steps import stamp

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from sphinx.application import Sphinx

# Beside the doctrees: what each page holds.
KEPT = "light_theme_pages.json"
# As pages name it, with a digest of what is in it.
WITH_DIGEST = re.compile(r'(?:href|src)="(?:\.\./)*([^"?:]+)\?v=[0-9a-f]+"')

# For each build, what occurs in its pages once they are written.
_of_build: MutableMapping[Sphinx, Names] = WeakKeyDictionary()


@dataclass
class Names:
    """What occurs in the pages.

    Attributes:
        elements: Names of elements.
        classes: Their classes.
        ids: Their ids.
        with_digest: Addresses of files, from the top of the site, that are named with a digest.
    """

    elements: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    with_digest: set[str] = field(default_factory=set)

    def add_page(self, html: str) -> None:
        """Adds what a page holds."""
        self.elements.update(re.findall(r"<([a-z][a-z0-9-]*)", html))
        for value in re.findall(r'\bclass="([^"]*)"', html):
            self.classes.update(value.split())
        self.ids.update(re.findall(r'\bid="([^"]*)"', html))
        self.with_digest.update(WITH_DIGEST.findall(html))

    def add(self, other: dict[str, list[str]]) -> None:
        """Adds what another page was found to hold."""
        for name, found in other.items():
            getattr(self, name).update(found)

    def as_json(self) -> dict[str, list[str]]:
        """The names as JSON values."""
        return {name: sorted(found) for name, found in vars(self).items()}


def names_in_pages(app: Sphinx) -> Names:
    """What the pages of this build hold, when all are written."""
    if app not in _of_build:
        kept = Path(app.doctreedir, KEPT)
        pages: dict[str, Any] = {}
        if kept.is_file():
            pages = json.loads(kept.read_text(encoding="utf-8"))
        present = _pages_now(Path(app.outdir), pages)
        if present != pages:
            kept.write_text(json.dumps(present), encoding="utf-8")
        names = Names()
        for page in present.values():
            names.add(page["names"])
        _of_build[app] = names
    return _of_build[app]


def _pages_now(out: Path, known: dict[str, Any]) -> dict[str, Any]:
    pages = {}
    static = out / "_static"
    for path in out.rglob("*.html"):
        if static in path.parents:
            continue
        name, present = str(path), stamp(path)
        page = known.get(name)
        if page is None or page["stamp"] != present:
            names = Names()
            names.add_page(path.read_text(encoding="utf-8"))
            page = {"stamp": present, "names": names.as_json()}
        pages[name] = page
    return pages
