"""Copies of the site's real pages, made into sites for several generators.

A site of N copies holds each page of the two parts N times, and all other pages once. The copies
are pages as good as the first ones: they run the same listings, and their exercises have labels of
their own.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from tested_pages.page_paths import PROGRAMS, README

ROOT = Path(__file__).resolve().parents[1]
COPIED_PARTS = ("python", "sockets")
FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
LABEL = re.compile(r"^(?::label: (?P<exercise>\S+)|\((?P<section>[\w-]+)\)=)$", re.MULTILINE)
PYTHON_FENCE = re.compile(
    r"^(?P<ticks>`{3,})python\n(?P<body>.*?)^(?P=ticks)\n", re.DOTALL | re.MULTILINE
)
PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)")

BOOK_CONF = """
import sys
sys.path.insert(0, {benchmarks!r})
project = html_title = "Python and Network Sockets"
extensions = [{parser!r}, "plain_directives", "sphinx_design", "sphinx_exercise",
              "sphinx.ext.intersphinx"]
exclude_patterns = ["_static", "_templates", "_inventories", "_extensions"]
intersphinx_mapping = {{"python": ("https://docs.python.org/3", "_inventories/python.inv")}}
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "pydata_sphinx_theme"
html_copy_source = False
nb_execution_mode = "force"
nb_execution_allow_errors = True
nb_execution_raise_on_error = False
"""
NOTEBOOK = """\
---
file_format: mystnb
kernelspec:
  name: python3
---
"""
MKDOCS_CONF = """\
site_name: Python and Network Sockets
theme:
  name: material
  font: false
plugins: [search]
markdown_extensions: [tables, admonition, pymdownx.superfences, pymdownx.highlight]
"""


def own_site(folder: Path, copies: int) -> Path:
    """This site as it is, with copies of its pages; returns the folder of the pages."""
    shutil.copytree(ROOT / "docs", folder / "docs")
    # Scripts of the site's extensions import some of live pages.
    for name in ("src/tutorial_examples", "src/live_pages", PROGRAMS):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    _add_copies(folder / "docs", copies, _with_code_of)
    return folder / "docs"


def plain_site(folder: Path, copies: int) -> Path:
    """The same pages for Sphinx alone, with the parent's theme; what would run is only shown."""
    return _sphinx_site(folder, copies, "myst_parser")


def notebook_site(folder: Path, copies: int) -> Path:
    """The same pages for MyST-NB, where the sessions and code of part 1 are cells that run.

    Those of part 2 talk to servers in terminals, which MyST-NB does not have.
    """
    docs = _sphinx_site(folder, copies, "myst_nb")
    for path in docs.rglob("python/*.md"):
        text = FRONT_MATTER.sub("", path.read_text(encoding="utf-8"), count=1)
        path.write_text(NOTEBOOK + PYTHON_FENCE.sub(_as_cell, text), encoding="utf-8")
    return docs


def mkdocs_site(folder: Path, copies: int) -> Path:
    """The same text for MkDocs with its theme Material; returns the file of its settings."""
    _add_pages(folder / "docs", copies)
    settings = folder / "mkdocs.yml"
    settings.write_text(MKDOCS_CONF, encoding="utf-8")
    return settings


def _sphinx_site(folder: Path, copies: int, parser: str) -> Path:
    docs = folder / "docs"
    _add_pages(docs, copies)
    shutil.copytree(ROOT / "docs" / "_inventories", docs / "_inventories")
    shutil.copytree(ROOT / "docs" / "_static", docs / "_static")
    shutil.copytree(ROOT / "src/tutorial_examples", folder / "src/tutorial_examples")
    shutil.copytree(ROOT / PROGRAMS, folder / PROGRAMS)
    conf = BOOK_CONF.format(benchmarks=str(Path(__file__).parent), parser=parser)
    (docs / "conf.py").write_text(conf, encoding="utf-8")
    return docs


def _add_pages(docs: Path, copies: int) -> None:
    """All pages in one folder, the READMEs of the programs too."""
    only_pages = shutil.ignore_patterns("_*", "*.py", "*.yaml", "__pycache__")
    shutil.copytree(ROOT / "docs", docs, ignore=only_pages)
    (docs / PROGRAMS).mkdir()
    for readme in (ROOT / PROGRAMS).glob(f"*/{README}"):
        shutil.copy(readme, docs / PROGRAMS / f"{readme.parent.name}.md")
    shutil.copytree(ROOT / PROGRAMS / "server_race" / "results", docs / PROGRAMS / "results")
    _add_copies(docs, copies, lambda text, _page: text)


def _add_copies(docs: Path, copies: int, adapt: Callable[[str, str], str]) -> None:
    pages = [path for part in COPIED_PARTS for path in sorted((docs / part).glob("*.md"))]
    added = []
    for number in range(2, copies + 1):
        for path in pages:
            page = path.relative_to(docs).with_suffix("").as_posix()
            text = path.read_text(encoding="utf-8")
            for label in (found[found.lastgroup or 0] for found in LABEL.finditer(text)):
                text = re.sub(rf"(?<![\w-]){label}(?![\w-])", f"{label}-copy{number}", text)
            text = text.replace("](../", "](../../")
            copied = docs / f"copy{number}" / f"{page}.md"
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_text(adapt(text, page), encoding="utf-8")
            added.append(copied.relative_to(docs).with_suffix("").as_posix())
    if added:
        index = docs / "index.md"
        toctree = "\n".join(("", "```{toctree}", ":hidden:", ":caption: Copies", "", *added, "```"))
        index.write_text(index.read_text(encoding="utf-8") + toctree + "\n", encoding="utf-8")


def _with_code_of(text: str, page: str) -> str:
    return f"---\ncode: {page}\n---\n" + FRONT_MATTER.sub("", text, count=1)


def _as_cell(fence: re.Match[str]) -> str:
    lines = fence["body"].splitlines()
    if any(line.startswith(">>>") for line in lines):
        lines = [PROMPT.sub("", line, count=1) for line in lines if PROMPT.match(line)]
    return "\n".join((fence["ticks"] + "{code-cell} python", *lines, fence["ticks"], ""))
