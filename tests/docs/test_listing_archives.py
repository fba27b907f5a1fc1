"""Listings can be downloaded, a page's or all, as one file whose bytes depend on them alone."""

from __future__ import annotations

import os
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from listing_archives import write_zip
from sphinx.testing.util import SphinxTestApp

CONFIGURATION = """\
extensions = ["myst_parser", "tested_pages.sphinx_extension", "listing_archives"]
tested_pages_code = "../code"
"""

FILES = {
    "LICENSE": "Do what you like.\n",
    "code/part/page/shout.py": "print('A')\n",
    "code/part/page/data/words.txt": "a b\n",
    "code/part/page/data/.password": "secret",
    "code/part/page/__pycache__/shout.pyc": "",
    "code/part/page/.mypy_cache/shout.json": "",
    "docs/conf.py": CONFIGURATION,
    "docs/index.md": "---\ncode: part/page\n---\n# Top\n\n```{toctree}\n:glob:\n\n*/*\n```\n",
    "docs/part/page.md": "# Page\n\n```python\n>>> import shout\nA\n```\n",
    "docs/part/bare.md": "# Bare\n\nNo program.\n",
    "examples/chat/README.md": "# Chat\n\nA program.\n",
    "examples/chat/chat.py": "print('B')\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site: a page with listings, one without, and a program to take home."""
    root = tmp_path_factory.mktemp("site")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    app = SphinxTestApp("html", srcdir=root / "docs")
    try:
        app.build()
        assert app.warning.getvalue() == ""
        return Path(app.outdir)
    finally:
        app.cleanup()


def contents(path: Path) -> dict[str, str]:
    """The texts in an archive."""
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_each_page_with_listings_has_its_archive(site: Path) -> None:
    archives = {path.relative_to(site / "downloads").as_posix() for path in site.rglob("*.zip")}
    assert archives == {"all.zip", "part/page.zip", "examples/chat.zip"}
    assert contents(site / "downloads" / "part" / "page.zip") == {
        "page/LICENSE": "Do what you like.\n",
        "page/data/.password": "secret",
        "page/data/words.txt": "a b\n",
        "page/shout.py": "print('A')\n",
    }
    assert contents(site / "downloads" / "examples" / "chat.zip") == {
        "chat/LICENSE": "Do what you like.\n",
        "chat/README.md": "# Chat\n\nA program.\n",
        "chat/chat.py": "print('B')\n",
    }
    assert list(contents(site / "downloads" / "all.zip")) == [
        "LICENSE",
        "examples/chat/README.md",
        "examples/chat/chat.py",
        "part/page/data/.password",
        "part/page/data/words.txt",
        "part/page/shout.py",
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("index", ["downloads/all.zip"]),
        ("part/bare", []),
        ("part/page", ["../downloads/part/page.zip", "../downloads/all.zip"]),
        ("examples/chat", ["../downloads/examples/chat.zip", "../downloads/all.zip"]),
    ],
)
def test_pages_lead_to_their_archives(site: Path, page: str, expected: list[str]) -> None:
    path = site / f"{page}.html"
    links = re.findall(r'href="([^"]*\.zip)"', path.read_text(encoding="utf-8"))
    assert links == expected
    assert all((path.parent / link).is_file() for link in links)


def test_the_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("a.py", "b.py")}
    for path in files.values():
        path.write_text("pass\n", encoding="utf-8", newline="\n")
    write_zip(tmp_path / "first.zip", files)
    for path in files.values():
        os.utime(path, (10**9, 10**9))
        path.chmod(0o600)
    write_zip(tmp_path / "second.zip", dict(reversed(files.items())))
    first = (tmp_path / "first.zip").read_bytes()
    assert (tmp_path / "second.zip").read_bytes() == first
    files["a.py"].write_text("...\n", encoding="utf-8", newline="\n")
    write_zip(tmp_path / "second.zip", files)
    assert (tmp_path / "second.zip").read_bytes() != first
