"""The book of the site opens, has every page, and shows what ran."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from book import MIMETYPE, problems_of
from sphinx.testing.util import SphinxTestApp

CONFIGURATION = """\
extensions = [
    "myst_parser", "tested_pages.sphinx_extension", "sphinx_design", "sphinx_exercise",
    "folded_boxes", "book", "light_theme",
]
project = "A Book"
author = copyright = "Somebody"
version = "1"
tested_pages_code = "../code"
myst_enable_extensions = ["colon_fence"]
epub_basename = "book"
epub_uid = "BookId"
epub_exclude_files = ["search.xhtml"]
epub_tocscope = "includehidden"
"""

INDEX = "# A Book\n\n```{toctree}\n:hidden:\n\npart/page\npart/other\n```\n"

PAGE = """\
# One page

```{terminal} greeter
$ python greet.py
Hello
```

```{wire}
```

```python
>>> names = ["Ann"]
```

```{references} names
```

```{ladder}
client -> server [request]: send(data) -> recv(size) returns
```

::::{tab-set}
:::{tab-item} Linux
Here.
:::
:::{tab-item} macOS
There.
:::
::::

<!-- run with `--more` -->

:::{admonition} By day
:class: only-light
Shown.
:::

:::{admonition} By night
:class: only-dark
Left out.
:::

```{exercise}
:label: greet

Greet.
```

```{solution} greet
:class: dropdown

Done.
```
"""

GREET = """\
import socket

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM):
    print("Hello")
"""

PAGES = ["index", "part/other", "part/page"]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of three pages."""
    root = tmp_path_factory.mktemp("book")
    files = {
        "docs/conf.py": CONFIGURATION,
        "docs/index.md": INDEX,
        "docs/part/page.md": PAGE,
        "docs/part/other.md": "# The other page\n\nIt is short.\n",
        "code/part/page/greet.py": GREET,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    app = SphinxTestApp("epub", srcdir=root / "docs")
    try:
        app.build()
        assert app.warning.getvalue() == ""
        return Path(app.outdir, "book.epub")
    finally:
        app.cleanup()


def test_the_book_can_be_opened_and_has_every_page(book: Path) -> None:
    assert list(problems_of(book, PAGES)) == []


def test_a_page_of_the_book_shows_what_ran(book: Path) -> None:
    with zipfile.ZipFile(book) as opened:
        text = opened.read("part/page.xhtml").decode()
    assert '<kbd class="terminal-typed">python greet.py</kbd>' in text
    words = " ".join("".join(ElementTree.fromstring(text).itertext()).split())
    assert "Hello" in words
    # Wires and ladders are lists of sentences; names and objects are drawn.
    assert "socket(AF_INET, SOCK_DGRAM)" in words
    assert "client → server: request (send(data), recv(size) returns)" in words
    assert '<figure class="wire' not in text
    assert "<svg" in text
    assert "By day" in words
    assert "By night" not in words
    # Both tabs are to be seen, and nothing is there to click.
    assert "<strong>Linux</strong>" in text
    assert "<strong>macOS</strong>" in text
    assert "<input" not in text
    assert 'class="sd-tab' not in text


def test_a_page_that_is_not_in_the_book_is_named(book: Path) -> None:
    problems = list(problems_of(book, [*PAGES, "part/third"]))
    assert problems == ["the page part/third is not among those that one reads"]


def changed(book: Path, path: Path, replaced: dict[str, bytes | None]) -> Path:
    """A copy of a book with other files in it; None leaves one out."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            content = replaced.get(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("part/page.xhtml", b"<p><br></p>", "part/page.xhtml is no XML: mismatched tag"),
        ("part/page.xhtml", None, "part/page.xhtml is missing"),
        ("content.opf", None, "content.opf is missing"),
        ("mimetype", b"text/plain", f"mimetype should say {MIMETYPE.decode()}"),
        ("mimetype", None, "its first file should be mimetype, uncompressed"),
    ],
)
def test_what_is_wrong_is_said(
    book: Path, tmp_path: Path, name: str, content: bytes | None, problem: str
) -> None:
    broken = changed(book, tmp_path / "broken.epub", {name: content})
    (found,) = problems_of(broken, PAGES)
    assert found.startswith(problem)


def test_what_is_no_book_is_said(book: Path, tmp_path: Path) -> None:
    shutil.copy(book, tmp_path / "half.epub")
    with (tmp_path / "half.epub").open("r+b") as file:
        file.truncate(1000)
    for path in (tmp_path / "half.epub", tmp_path / "none.epub"):
        (problem,) = problems_of(path, PAGES)
        assert problem.startswith("the book cannot be opened: ")
