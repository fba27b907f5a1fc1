"""A build after an edit: it leaves what a build of everything leaves, and does little else."""

from __future__ import annotations

import io
import os
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from light_theme import makers
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from live_pages import sphinx_extension as live_extension
from live_pages.node_build import NotBundled
from tested_pages import sphinx_extension
from tested_pages.keeping import KeptTexts
from tested_pages.page_runner import PageRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tested_pages.results import PageResult

CONFIGURATION = """\
extensions = [
    "quick_builds", "myst_parser", "tested_pages.sphinx_extension",
    "live_pages.sphinx_extension", "sphinx_design", "sphinx_exercise", "sphinx.ext.intersphinx",
    "folded_boxes", "exercise_numbers", "light_theme", "listing_archives", "long_rows",
    "markdown_pages", "section_search", "trimmed_listings",
]
tested_pages_code = "../code"
exclude_patterns = ["files"]
# The parent theme adds to the list that all builds of one process have, if this is not set.
templates_path = []
html_theme = "light_theme"
html_title = "A book"
html_static_path = ["files"]
html_css_files = ["own.css"]
light_theme_rare_styles = {"references.css": 'class="references'}
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
html_use_index = False
html_copy_source = False
html_baseurl = "https://example.com/"
suppress_warnings = ["config.cache", "app.add_directive"]
"""
PAGES = {
    "index": """\
# Start

```{toctree}
:caption: Part
part/one
part/two
three
```
""",
    "part/one": """\
# One

```python
>>> import listing
>>> listing.x
5
```

```{literalinclude} /../code/part/one/listing.py
```

See [](two.md#a-section), {ref}`two-second` and [](two.md).
""",
    "part/two": """\
# Two

```python
>>> x = [1]
```

```{references} x
```

## A section

```{exercise} first
:label: two-first

Do this.
```

```{exercise} second
:label: two-second

Do that.
```

```{solution} two-second
:class: dropdown

Done.
```
""",
    "three": """\
# Three

```python
>>> 1 + 1
2
```
""",
}


class SteadyRunner(PageRunner):
    """Leaves out what differs from run to run."""

    ran: list[str]

    def run(self, docnames: Iterable[str]) -> Iterator[PageResult]:
        for result in super().run(docnames):
            type(self).ran.append(result.docname)
            examples = [replace(example, seconds=0.5) for example in result.examples]
            yield replace(result, seconds=1, ran_at="2026-01-02T03:04:05", examples=examples)


class Site:
    """Pages, listings and static files, and builds of them."""

    def __init__(self, root: Path) -> None:
        self.root, self.docs, self.code = root, root / "docs", root / "code"
        self.last: Sphinx | None = None
        self.write("docs/conf.py", CONFIGURATION)
        self.write("docs/files/own.css", "p { color: red }")
        self.write("code/part/one/listing.py", "x = 5\n")
        for name, text in PAGES.items():
            self.write(f"docs/{name}.md", text)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def build(self, name: str = "built") -> dict[str, bytes]:
        """Builds with what the last build of the same name left; returns all files there are."""
        warnings = io.StringIO()
        out = self.root / name / "html"
        SteadyRunner.ran = []
        with patch_docutils(self.docs), docutils_namespace():
            self.last = Sphinx(
                self.docs,
                self.docs,
                out,
                self.root / name / "trees",
                "html",
                status=None,
                warning=warnings,
            )
            self.last.build()
        assert warnings.getvalue() == ""
        return {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in out.rglob("*")
            if path.is_file()
        }

    def times(self, pattern: str = "*.html") -> dict[str, int]:
        """When each page, or each file of another pattern, was last written."""
        out = self.root / "built/html"
        return {
            path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in out.rglob(pattern)
        }


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    def refuse(_site: Path) -> None:
        raise NotBundled("this test does without", is_failure=False)

    monkeypatch.setattr(live_extension, "bundle", refuse)
    monkeypatch.setattr(sphinx_extension, "PageRunner", SteadyRunner)
    return Site(tmp_path)


def add_page(site: Site) -> None:
    site.write("docs/four.md", "# Four\n\n| a | b |\n|---|---|\n| c | d |\n")
    site.replace("docs/index.md", "three\n", "three\nfour\n")


def remove_page(site: Site) -> None:
    (site.docs / "three.md").unlink()
    site.replace("docs/index.md", "three\n", "")


EDITS: dict[str, Callable[[Site], None]] = {
    "nothing": lambda site: None,
    "sentence": lambda site: site.replace("docs/three.md", "# Three\n", "# Three\n\nMore.\n"),
    "example": lambda site: site.replace("docs/three.md", "1 + 1", "0 + 2"),
    "title": lambda site: site.replace("docs/part/two.md", "# Two\n", "# Another title\n"),
    "order": lambda site: site.replace("docs/index.md", "part/two\nthree\n", "three\npart/two\n"),
    "heading that others show": lambda site: site.replace(
        "docs/part/two.md", "## A section\n", "(again)=\n## A section!\n"
    ),
    "number that others show": lambda site: site.replace(
        "docs/part/two.md",
        "```{exercise} first",
        "```{exercise} new\n:label: two-new\n\nNew.\n```\n\n```{exercise} first",
    ),
    "what needs other styles": lambda site: site.replace(
        "docs/three.md", "# Three\n", "# Three\n\n> Somebody else's words.\n"
    ),
    "listing": lambda site: site.replace("code/part/one/listing.py", "5", "5  # changed"),
    "new listing": lambda site: site.write("code/three/new.py", "y = 6\n"),
    "style sheet": lambda site: site.write("docs/files/own.css", "p { color: blue }"),
    "new page": add_page,
    "page that has gone": remove_page,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_build_leaves_what_a_build_of_everything_leaves(
    site: Site, edit: Callable[[Site], None]
) -> None:
    before = site.build()
    edit(site)
    after, of_everything = site.build(), site.build("of_everything")
    after.pop(".buildinfo.bak", None)
    assert sorted(after) == sorted(of_everything)
    assert [name for name, data in after.items() if data != of_everything[name]] == []
    assert (after == before) == (edit is EDITS["nothing"])


@pytest.mark.parametrize(("edit", "ran"), [("sentence", []), ("example", ["three"])])
def test_an_edited_page_alone_runs_and_is_written(site: Site, edit: str, ran: list[str]) -> None:
    site.build()
    before = site.times()
    EDITS[edit](site)
    site.build()
    assert SteadyRunner.ran == ran
    after = site.times()
    written = {name for name in after if after[name] != before[name]}
    # Sphinx writes the page with the list of contents, and those that nobody wrote, each time.
    assert written == {"three.html", "index.html", "404.html", "search.html"}


@pytest.mark.parametrize("pattern", ["light_theme.js", "site_bundle.css", "*.zip"])
def test_what_no_edit_changes_is_not_made_again(site: Site, pattern: str) -> None:
    site.build()
    before = site.times(pattern)
    EDITS["sentence"](site)
    site.build()
    assert before
    assert site.times(pattern) == before


def test_all_pages_are_written_when_what_they_are_made_by_has_changed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digests() -> set[str]:
        page = site.build()["part/two.html"].decode()
        return set(page.split("references.css?v=")[1:][0].split('"')[:1])

    before, times = digests(), site.times()
    monkeypatch.setattr(makers, "digest_of_sources", lambda: "others")
    after = digests()
    assert after != before
    assert SteadyRunner.ran == []
    assert all(site.times()[name] != time for name, time in times.items())


def test_what_is_kept_of_a_page_and_has_gone_is_made_again(site: Site) -> None:
    before = site.build()
    assert site.last
    for name in ("tested_pages", "live_pages"):
        kept = KeptTexts(site.last, name)
        assert kept.has("three")
        kept.forget("three")
        assert site.build() == before
        assert kept.has("three")
    KeptTexts(site.last, "tested_pages_results").forget("three")
    EDITS["sentence"](site)
    site.build()
    assert SteadyRunner.ran == ["three"]


def test_what_is_known_of_all_pages_holds_no_page(site: Site) -> None:
    site.build()
    known = site.root / "built/trees/environment.pickle"
    env: Any = pickle.loads(known.read_bytes())
    assert env.intersphinx_inventory == {}
    assert env.tested_pages_results == {}
    exercises = env.sphinx_exercise_registry
    assert set(exercises) == {"two-first", "two-second", "part/two-solution-2"}
    for entry in exercises.values():
        assert [type(child).__name__ for child in entry["node"].children] == [
            "exercise_title" if entry["type"] == "exercise" else "solution_title"
        ]
        assert entry["node"].document is None


def test_static_files_that_somebody_changed_are_copied_again(site: Site) -> None:
    before = site.build()
    changed = site.root / "built/html/_static/light_theme.js"
    changed.write_text("changed", encoding="utf-8")
    os.utime(changed, (1, 1))
    assert site.build() == before
