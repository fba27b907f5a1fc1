"""Pages offer slides where they have any, and an author's classes arrive where slides look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import slides
from sphinx.errors import SphinxError
from sphinx.testing.util import SphinxTestApp

from live_pages.node_build import NotBundled

EXTENSIONS = Path(slides.__file__).parents[1]
CONFIGURATION = f"""\
import sys
sys.path.insert(0, {str(EXTENSIONS)!r})
extensions = [
    "myst_parser", "tested_pages.sphinx_extension", "live_pages.sphinx_extension", "slides"
]
html_theme = "basic"
html_context = {{}}
templates_path = ["templates"]
"""
LAYOUT = """\
{% extends "!layout.html" %}
{% block footer %}{% if has_slides %}<a href="?slides">Slides</a>{% endif %}{% endblock %}
"""
PAGE = """\
# Page

```{rst-class} slide-skip
```
Not on a slide.

```{rst-class} slide-break slide-whole
```
One. Two.

```{rst-class} slide-break
```
```python
>>> 1 + 1
2
```

```{rst-class} slide-skip
```
- a list

Plain.

```{rst-class} slide-break
```
```{terminal} you
$ python -c "print(1)"
1
```

```{rst-class} slide-skip
```
## Not for the class

Text.
"""


def build(folder: Path, page: str = PAGE) -> Path:
    """Builds a site of one page, and returns where it is."""
    docs = folder / "docs"
    (docs / "templates").mkdir(parents=True)
    (docs / "conf.py").write_text(CONFIGURATION, encoding="utf-8")
    (docs / "templates" / "layout.html").write_text(LAYOUT, encoding="utf-8")
    (docs / "index.md").write_text(page, encoding="utf-8")
    app = SphinxTestApp("html", srcdir=docs, builddir=folder / "out")
    try:
        app.build()
        assert app.warning.getvalue() == ""
        return Path(app.outdir)
    finally:
        app.cleanup()


@pytest.fixture
def bundler(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundler that only writes names, where npm may have installed none."""

    def write(_esbuild: Path, *arguments: str) -> None:
        folder = next(Path(one[9:]) for one in arguments if one.startswith("--outdir="))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / Path(arguments[-1]).name).write_text("", encoding="utf-8")

    monkeypatch.setattr(slides, "find_esbuild", lambda: Path("esbuild"))
    monkeypatch.setattr(slides, "run_esbuild", write)


@pytest.mark.usefixtures("bundler")
def test_pages_that_somebody_wrote_offer_slides(tmp_path: Path) -> None:
    site = build(tmp_path)
    assert '<a href="?slides">' in (site / "index.html").read_text(encoding="utf-8")
    assert "?slides" not in (site / "search.html").read_text(encoding="utf-8")
    assert {path.name for path in (site / "_static" / "slides").iterdir()} == {
        "slides.css",
        "slides.js",
    }


@pytest.mark.usefixtures("bundler")
def test_an_authors_classes_arrive(tmp_path: Path) -> None:
    html = (build(tmp_path) / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<p class="slide-skip">Not on a slide.', html)
    assert re.search(r'<p class="slide-break slide-whole">One. Two.', html)
    # The script looks at a block, and at what is right within it.
    assert re.search(r'<div data-live="[^"]*" [^>]*><div class="[^"]*\bslide-break\b', html)
    assert re.search(r'<ul class="[^"]*\bslide-skip\b', html)
    assert "<p>Plain.</p>" in html
    assert '<div class="terminals slide-break" ' in html
    assert '<section class="slide-skip" id="not-for-the-class">' in html


def test_without_npm_a_site_has_no_slides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Path:
        raise NotBundled("npm's packages are not installed", is_failure=False)

    monkeypatch.setattr(slides, "find_esbuild", refuse)
    site = build(tmp_path)
    assert "?slides" not in (site / "index.html").read_text(encoding="utf-8")
    assert not (site / "_static" / "slides").exists()


def test_a_mistake_in_the_scripts_ends_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Path:
        raise NotBundled("esbuild refuses the scripts", is_failure=True)

    class App:
        """As much of a site as the function looks at."""

        class builder:  # noqa: N801
            name = "html"

        class config:  # noqa: N801
            slides_ready = False

        outdir = "."

    monkeypatch.setattr(slides, "find_esbuild", refuse)
    with pytest.raises(SphinxError, match="esbuild refuses"):
        slides.bundle_slides(App)  # type: ignore[arg-type]
