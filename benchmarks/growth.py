"""Measures how the build grows with the number of pages, beside other generators."""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import copied_sites
from measuring import run

from tested_pages.page_paths import all_pages
from tested_pages.page_runner import PageRunner

REPORT = copied_sites.ROOT / "build" / "growth.json"
EDITED_PAGE = "sockets/udp.md"


@dataclass
class Growth:
    """Seconds of clean builds, by the number of copies.

    Attributes:
        pages: How many pages this site has then.
        examples: What its examples take by themselves.
        ours: This site, its examples run.
        prose: After the prose of one page was edited, the site built again.
        example: The same with an example, so that the page's examples run.
        plain: The same pages by Sphinx with the parent theme, nothing run.
        notebook: The same pages by MyST-NB, the blocks of part 1 run.
        mkdocs: The same text by MkDocs with Material, nothing run.
    """

    pages: dict[int, int] = field(default_factory=dict)
    examples: dict[int, float] = field(default_factory=dict)
    ours: dict[int, float] = field(default_factory=dict)
    prose: dict[int, float] = field(default_factory=dict)
    example: dict[int, float] = field(default_factory=dict)
    plain: dict[int, float] = field(default_factory=dict)
    notebook: dict[int, float] = field(default_factory=dict)
    mkdocs: dict[int, float] = field(default_factory=dict)

    def rows(self) -> list[list[str]]:
        """The table, its head first."""
        head = ["pages", "ours", "examples alone", "plain", "aim", "prose edited"]
        rows = [[*head, "example edited", "MyST-NB", "MkDocs"]]
        for copies, pages in self.pages.items():
            aim = 1.3 * self.plain[copies] + self.examples[copies]
            seconds = (
                self.ours[copies],
                self.examples[copies],
                self.plain[copies],
                aim,
                self.prose[copies],
                self.example[copies],
                self.notebook.get(copies),
                self.mkdocs[copies],
            )
            rows.append(
                [str(pages), *("" if each is None else f"{each:.1f} s" for each in seconds)]
            )
        return rows


def measure(copies: Sequence[int], most_notebook_copies: int) -> Growth:
    """Builds every site once, those of one size one after another."""
    growth = Growth()
    for number in copies:
        with tempfile.TemporaryDirectory(prefix="growth-") as temporary:
            _measure_size(growth, number, Path(temporary), number <= most_notebook_copies)
        print("|", " | ".join(growth.rows()[-1]), "|", flush=True)
        REPORT.write_text(json.dumps(asdict(growth), indent=1) + "\n", encoding="utf-8")
    return growth


def _measure_size(growth: Growth, number: int, folder: Path, is_notebook_built: bool) -> None:
    docs = copied_sites.own_site(folder / "own", number)
    docnames = all_pages(docs)
    growth.pages[number] = len(docnames)
    with PageRunner(docs, docs.parent / "src" / "tutorial_examples") as runner:
        growth.examples[number] = _seconds(lambda: list(runner.run(docnames)))
    growth.ours[number] = _build(docs, "--fail-on-warning")
    page, strictly = docs / EDITED_PAGE, "--fail-on-warning"
    text = page.read_text(encoding="utf-8") + "\nOne more sentence.\n"
    page.write_text(text, encoding="utf-8")
    growth.prose[number] = _build(docs, strictly)
    page.write_text(f"{text}\n```python\n>>> 1 + 1\n2\n```\n", encoding="utf-8")
    growth.example[number] = _build(docs, strictly)
    growth.plain[number] = _build(copied_sites.plain_site(folder / "plain", number))
    if is_notebook_built:
        growth.notebook[number] = _build(copied_sites.notebook_site(folder / "notebook", number))
    settings = copied_sites.mkdocs_site(folder / "mkdocs", number)
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", settings)
    growth.mkdocs[number] = _seconds(lambda: run(*command))


def _build(docs: Path, *options: str) -> float:
    command = (sys.executable, "-m", "sphinx", "--quiet", *options, docs, docs.parent / "site")
    return _seconds(lambda: run(*command))


def _seconds(thing: Callable[[], object]) -> float:
    started = time.perf_counter()
    thing()
    return time.perf_counter() - started


def main(copies: Sequence[int], most_notebook_copies: int) -> None:
    """Measures and prints the table."""
    REPORT.parent.mkdir(exist_ok=True)
    rows = measure(copies, most_notebook_copies).rows()
    print("\n| " + " | ".join(rows[0]) + " |\n|" + " --- |" * len(rows[0]))
    for row in rows[1:]:
        print("| " + " | ".join(row) + " |")
