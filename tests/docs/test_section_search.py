"""The search's index: which sections it has, what they hold, and that it follows the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sphinx.testing.util import SphinxTestApp

INDEX = """\
# Start

Begin here, with ![a red square](square.png).

```{toctree}
page
words
```
"""
PAGE = """\
---
search_weight: 1.5
---

# A page

Before the first section. See {py:func}`len` and `other`.

## Half `of` it

A list:

| a | b |
|---|---|
| one | [two](words.md) |

```text
for  x in y:
    exit()
```

<table><tr><td>raw</td></tr></table>

```{exercise} count
:label: page-count

Count.
```

```{solution} page-count
Counted.
```

### Quarter

term
: what it means
"""
WORDS = """\
# Words

```{glossary}
datagram
  A packet.
```
"""
CONFIGURATION = """\
extensions = ["myst_parser", "sphinx_exercise", "section_search"]
myst_enable_extensions = ["deflist"]
html_theme = "basic"
"""


class Site:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "docs"
        self.folder.mkdir()
        self.write("conf.py", CONFIGURATION)
        self.write("index.md", INDEX)
        self.write("page.md", PAGE)
        self.write("words.md", WORDS)
        self.write("square.png", "")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def index(self) -> dict[str, Any]:
        """Builds the site; of each page, by its address, the title, the weight and sections."""
        app = SphinxTestApp("html", srcdir=self.folder)
        try:
            app.build()
            script = Path(app.outdir, "search_sections.js").read_text(encoding="utf-8")
            assert not Path(app.outdir, "searchindex.js").exists()
            assert Path(app.outdir, "search.html").is_file()
            assert Path(app.outdir, "_static/section_search.js").is_file()
        finally:
            app.cleanup()
        text = script.removeprefix("globalThis.searchIndex = ").removesuffix(";\n")
        return {address: rest for address, *rest in json.loads(text)}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_the_index_has_every_section_with_its_own_text(site: Site) -> None:
    index = site.index()
    assert list(index) == ["index.html", "page.html", "words.html"]
    title, weight, sections = index["page.html"]
    assert (title, weight) == ("A page", 1.5)
    assert sections == [
        ["", "A page", "Before the first section. See len() and other.", "text", ["len"]],
        [
            "half-of-it",
            "Half of it",
            "A list: a b one two for x in y: exit() raw",
            "text",
            [],
        ],
        ["page-count", "Exercise: count", "Count.", "exercise", []],
        ["page-solution-1", "Solution", "Counted.", "exercise", []],
        ["quarter", "Quarter", "term what it means", "text", []],
    ]
    assert index["index.html"][2] == [["", "Start", "Begin here, with a red square.", "text", []]]


def test_a_term_is_a_section(site: Site) -> None:
    term = ["term-datagram", "datagram", "A packet.", "text", []]
    assert term in site.index()["words.html"][2]


def test_the_index_follows_the_page_that_changed(site: Site) -> None:
    before = site.index()
    site.write("words.md", WORDS.replace("A packet.", "Sent </script> whole."))
    after = site.index()
    assert after["page.html"] == before["page.html"]
    assert after["words.html"][2][-1][2] == "Sent </script> whole."
    site.write("index.md", INDEX.replace("words\n", ""))
    (site.folder / "words.md").unlink()
    assert list(site.index()) == ["index.html", "page.html"]


def test_what_an_earlier_build_did_not_note_is_read_again(site: Site) -> None:
    before = site.index()
    for noted in site.folder.rglob("search/*.json"):
        noted.unlink()
    assert site.index() == before
