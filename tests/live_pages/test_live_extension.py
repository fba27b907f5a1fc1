"""Sphinx builds with live pages: ids in the HTML, the pages' JSON, counts in the report."""

import html
import io
import json
import re
import sys

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from live_pages import node_build, sphinx_extension
from live_pages.node_build import NotBundled

CONFIGURATION = """\
extensions = ["myst_parser", "live_pages.sphinx_extension"]
tested_pages_code = "../code"
html_theme = "basic"
suppress_warnings = ["config.cache"]
"""
# As the extension does that knows of checks.
EXERCISES = """
from live_pages.sphinx_extension import live_exercise

def add_exercises(app, doctree):
    doctree[0] += live_exercise(exercise="queue", outline="def requeue(queue):", reason="")
    doctree[0] += live_exercise(exercise="keys", outline="", reason="It needs <TLS>.")

def setup(app):
    app.connect("doctree-read", add_exercises, priority=400)
"""
PAGE = """\
# Page

```python
>>> 1 + 1
2
```

```{literalinclude} ../code/index/hello.py
:language: python
:caption: hello.py
```

```{terminal} one
$ python hello.py
hello
```

```python
>>> import ssl
```
"""


@pytest.fixture
def build(tmp_path):
    """Builds one page with a listing; returns the output's folder, what was said, warnings."""
    docs, listings = tmp_path / "docs", tmp_path / "code" / "index"
    docs.mkdir()
    listings.mkdir(parents=True)
    (listings / "hello.py").write_text("print('hello')\n", encoding="utf-8")

    def build(text=PAGE, builder="html", configuration=CONFIGURATION):
        (docs / "conf.py").write_text(configuration, encoding="utf-8")
        (docs / "index.md").write_text(text, encoding="utf-8")
        status, warnings = io.StringIO(), io.StringIO()
        out = tmp_path / "out"
        folders = (str(docs), str(docs), str(out), str(tmp_path / "doctrees"))
        with patch_docutils(str(docs)), docutils_namespace():
            app = Sphinx(*folders, builder, status=status, warning=warnings)
            app.build()
        return out, status.getvalue(), warnings.getvalue()

    return build


@pytest.fixture
def bundled(monkeypatch):
    """Has the scripts of live pages, which do not matter here."""

    def write(site):
        target = site / node_build.LIVE
        target.mkdir(parents=True, exist_ok=True)
        for name in ("live.js", "live.css"):
            (target / name).write_text("", encoding="utf-8")

    monkeypatch.setattr(sphinx_extension, "bundle", write)


def test_blocks_are_marked(build, bundled):
    out, _, warnings = build()
    assert warnings == ""
    page = (out / "index.html").read_text(encoding="utf-8")
    marked = re.findall(r'data-live="(.*?)" data-live-kind="(\w+)"', page)
    assert marked == [
        ("live-1", "session"),
        ("live-2", "listing"),
        ("live-3", "terminals"),
        ("live-4", "session"),
    ]
    [reason] = re.findall(r'data-live-reason="(.*?)"', page)
    assert "TLS" in html.unescape(reason)
    # Each element holds what its block shows.
    after = page.split("data-live=")
    assert "1" in after[1]
    assert "hello.py" in after[2]
    assert 'class="terminals"' in after[3]


def test_script_and_json(build, bundled):
    out, _, _ = build()
    page = (out / "index.html").read_text(encoding="utf-8")
    [script] = re.findall(r"<script[^>]*live/live\.js[^>]*>", page)
    assert "defer" in script
    [name] = re.findall(r'data-live-page="(pages/index\.\w{16}\.json)"', script)
    values = json.loads((out / "_static/live" / name).read_text(encoding="utf-8"))
    assert [block["id"] for block in values["blocks"]] == ["live-1", "live-2", "live-3", "live-4"]
    assert values["files"] == {"hello.py": "print('hello')\n"}


def test_changed_page_has_data_of_another_name(build, bundled):
    out, _, _ = build()
    pages = out / "_static/live/pages"
    [before] = pages.iterdir()
    build(PAGE.replace("1 + 1", "1 + 0 + 1"))
    [after] = pages.iterdir()
    assert after.name != before.name
    assert after.name in (out / "index.html").read_text(encoding="utf-8")


def test_report_counts_what_can_run(build, bundled):
    out, _, _ = build()
    live = json.loads((out / "examples.json").read_text(encoding="utf-8"))["live"]
    assert (live["can_run"], live["cannot_run"]) == (3, 1)
    assert live["can_run_by_kind"] == {"listing": 1, "session": 1, "terminals": 1}
    [entry] = live["reasons"]
    assert (entry["page"], entry["line"], entry["kind"]) == ("index", 18, "session")


def test_exercises_are_marked_and_counted(build, bundled):
    out, _, warnings = build("# Page\n", configuration=CONFIGURATION + EXERCISES)
    assert warnings == ""
    page = (out / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<div data-live-exercise[^>]*></div>", page) == [
        '<div data-live-exercise="queue"></div>',
        '<div data-live-exercise="keys" data-live-reason="It needs &lt;TLS&gt;."></div>',
    ]
    [name] = re.findall(r'data-live-page="(.*?)"', page)
    values = json.loads((out / "_static/live" / name).read_text(encoding="utf-8"))
    assert values["outlines"] == {"queue": "def requeue(queue):"}
    live = json.loads((out / "examples.json").read_text(encoding="utf-8"))["live"]
    assert live["checks"] == {
        "can_run": 1,
        "cannot_run": 1,
        "reasons": [{"page": "index", "exercise": "keys", "reason": "It needs <TLS>."}],
    }


def test_second_build_knows_pages_it_does_not_read(build, bundled):
    build()
    out, _, _ = build()
    live = json.loads((out / "examples.json").read_text(encoding="utf-8"))["live"]
    assert live["can_run"] == 3


def test_page_without_examples_has_no_script(build, bundled):
    out, _, _ = build("# Page\n")
    assert "live/live.js" not in (out / "index.html").read_text(encoding="utf-8")


def test_build_without_packages_says_so_in_one_line(build, monkeypatch):
    def refuse(site):
        raise NotBundled("there are no packages", is_failure=False)

    monkeypatch.setattr(sphinx_extension, "bundle", refuse)
    out, status, warnings = build()
    assert warnings == ""
    assert "pages will not be live: there are no packages" in status.split("\n")
    assert "live/live.js" not in (out / "index.html").read_text(encoding="utf-8")


def test_wrong_weather_is_reported(build, bundled):
    _, _, warnings = build("---\nweather: rain\n---\n\n# Page\n")
    assert "index.md:1: WARNING: weather gives a program a list" in warnings


def test_other_builders_show_the_blocks(build, bundled):
    out, _, warnings = build(builder="text")
    assert warnings == ""
    assert ">>> 1 + 1" in (out / "index.txt").read_text(encoding="utf-8")


def test_book_has_nothing_to_run(build, bundled):
    out, _, _ = build(builder="epub")
    page = (out / "index.xhtml").read_text(encoding="utf-8")
    assert "hello.py" in page
    assert "data-live" not in page
    assert "live.js" not in page


@pytest.mark.parametrize("is_ci", [True, False])
def test_missing_packages_are_a_failure_on_ci_only(tmp_path, monkeypatch, is_ci):
    monkeypatch.setattr(node_build, "ROOT", tmp_path)
    monkeypatch.delenv("CI", raising=False)
    if is_ci:
        monkeypatch.setenv("CI", "true")
    with pytest.raises(NotBundled, match="npm ci") as refusal:
        node_build.bundle(tmp_path)
    assert refusal.value.is_failure is is_ci


@pytest.mark.parametrize("is_ci", [True, False])
def test_missing_node_is_a_failure_on_ci_only(monkeypatch, is_ci):
    monkeypatch.setattr(node_build.shutil, "which", lambda name, path: None)
    monkeypatch.delenv("CI", raising=False)
    if is_ci:
        monkeypatch.setenv("CI", "true")
    with pytest.raises(NotBundled, match=r"Node\.js is not installed") as refusal:
        node_build.compiled_python()
    assert refusal.value.is_failure is is_ci


def test_a_failure_of_node_shows_how_it_ended(tmp_path, monkeypatch):
    program = tmp_path / "node.py"
    program.write_text("import sys\nsys.exit('x' * 100_000 + ' PythonError: what it was')\n")
    monkeypatch.setattr(node_build.shutil, "which", lambda name, path: sys.executable)
    monkeypatch.setattr(node_build, "COMPILED_PYTHON", program)
    with pytest.raises(NotBundled, match="PythonError: what it was") as refusal:
        node_build.compiled_python()
    assert refusal.value.is_failure
    assert len(str(refusal.value)) < 3000
