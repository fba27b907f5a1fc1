"""The directive in real builds: drawn in HTML, said in words elsewhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """\
# Names

```python
x = [1, 2]
y = x
```

```{references} x y
:caption: Both names refer to *one* list.
```

```python
x = x + [3]
```

```{references} x
```
```{references} y
```

The end.
"""

CONFIGURATION = """\
extensions = ["myst_parser", "tested_pages.sphinx_extension"]
tested_pages_code = "../code"
html_theme = "basic"
suppress_warnings = ["config.cache"]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    (root / "docs").mkdir()
    (root / "code").mkdir()
    (root / "docs/conf.py").write_text(CONFIGURATION)
    (root / "docs/index.md").write_text(PAGE)
    return root


def build(project, builder):
    out = project / builder
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder]
    done = subprocess.run(
        [*command, "-d", project / f"{builder}-trees", project / "docs", out],
        capture_output=True,
        text=True,
        check=False,
    )
    return out, done


@pytest.fixture(scope="module")
def html(project):
    out, done = build(project, "html")
    assert done.stderr == ""
    return (out / "index.html").read_text()


def test_html_has_a_drawing_for_each_fence(html):
    assert html.count("<svg ") == 3
    assert "y refers to the same list as x." in html
    assert "x refers to a list of 3: 1, 2, 3." in html
    assert "references.css" in html


def test_html_does_not_say_it_twice(html):
    assert "<p>x refers to" not in html


def test_ids_are_unique(html):
    ids = re.findall(r'\bid="(references-[^"]+)"', html)
    assert len(ids) == 6
    assert len(set(ids)) == 6


def test_the_caption_is_markdown(html):
    assert re.search(r"<figcaption>.*<em>one</em> list\..*</figcaption>", html, re.DOTALL)


def test_neighbours_share_a_row_and_others_do_not(html):
    (row,) = re.findall(r'<div class="references-row[^"]*">(.*?)The end', html, re.DOTALL)
    assert row.count("<figure") == 2


@pytest.mark.parametrize(("builder", "name"), [("text", "index.txt"), ("latex", "*.tex")])
def test_other_builders_say_it_in_words(project, builder, name):
    out, done = build(project, builder)
    assert done.stderr == ""
    (written,) = out.glob(name)
    text = " ".join(written.read_text().split())
    assert "y refers to the same list as x." in text
    assert "Both names refer to" in text
    assert "svg" not in text


def test_a_name_that_does_not_exist_fails_the_build_at_its_line(project, tmp_path):
    copied = Path(shutil.copytree(project / "docs", tmp_path / "docs")).parent
    (copied / "code").mkdir()
    page = copied / "docs/index.md"
    page.write_text(page.read_text().replace("{references} y", "{references} missing"))
    _, done = build(copied, "html")
    assert done.returncode != 0
    assert "index.md:18: WARNING: `missing` cannot be drawn" in done.stderr
