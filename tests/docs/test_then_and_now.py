"""The page that gathers the “Then and now” boxes misses none."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
BOX = re.compile(r"^\s*:{3,}\{admonition\} Then and now", re.MULTILINE)
GATHERING_PAGE = DOCS / "appendix" / "then_and_now.md"


def test_each_page_with_a_box_is_linked() -> None:
    gathered = GATHERING_PAGE.read_text(encoding="utf-8")
    pages = [
        path.relative_to(DOCS).with_suffix("").as_posix()
        for part in ("python", "sockets")
        for path in sorted((DOCS / part).glob("*.md"))
        if BOX.search(path.read_text(encoding="utf-8"))
    ]
    assert pages
    missing = [page for page in pages if f"{{doc}}`/{page}`" not in gathered]
    assert not missing, f"{GATHERING_PAGE} does not link {', '.join(missing)}"
