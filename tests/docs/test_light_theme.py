"""The theme: what it keeps of its parent's style sheets, what it writes, and what it rests on."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import struct
import zlib
from importlib.resources import files
from pathlib import Path

import pytest
from light_theme import COMPONENTS_OF_PARENT, THEME
from light_theme.code_colours import looks_of
from light_theme.hosting import FIRST_SCRIPT, POLICY
from light_theme.page_names import Names
from light_theme.stylesheet import (
    OF_PARENT,
    parse,
    system_dark,
    without_overridden,
    without_unused_properties,
)
from pygments.style import Style
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String, Text
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from live_pages.node_build import esbuild_program

# The templates that ours replace, as they were when ours were written.
REPLACED = {
    "sphinx/themes/basic/layout.html": "f1a2b815cb29544b",
    "sphinx/themes/basic/search.html": "706245d7b719575a",
    "pydata_sphinx_theme/theme/pydata_sphinx_theme/layout.html": "1f98508aa73a49d0",
    "pydata_sphinx_theme/theme/pydata_sphinx_theme/search.html": "098d19aa34f7874c",
    "sphinx_book_theme/theme/sphinx_book_theme/layout.html": "2cd2fbbe2caedf3a",
}


@pytest.mark.parametrize("template", REPLACED)
def test_the_template_that_we_replace_is_the_one_we_know(template: str) -> None:
    package, _, path = template.partition("/")
    text = files(package).joinpath(path).read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert digest == REPLACED[template], (
        f"{template} has changed: compare it with docs/_extensions/light_theme/theme, "
        "take over what is of use there, and then write the new digest here"
    )


PARENTS = ("sphinx", "pydata_sphinx_theme", "sphinx_book_theme")


def parents_files(suffix: str) -> dict[str, str]:
    """Texts of the parents' files, by path."""
    return {
        f"{package}/{path.relative_to(root).as_posix()}": path.read_text(encoding="utf-8")
        for package in PARENTS
        for root in [Path(str(files(package)))]
        for path in root.rglob(f"*{suffix}")
    }


def test_what_we_take_out_of_the_parent_theme_is_still_in_it() -> None:
    sources = "".join([*parents_files(".html").values(), *parents_files(".py").values()])
    gone = [name for name in COMPONENTS_OF_PARENT if name.removeprefix("theme_") not in sources]
    assert not gone, (
        f"the parent theme names {gone} no more: find out by what name it renders "
        "them now, or take them out of COMPONENTS_OF_PARENT in docs/_extensions/light_theme"
    )


def test_the_style_sheets_that_we_bundle_are_still_there() -> None:
    sheets = [*parents_files(".css"), *parents_files(".css.jinja")]
    # Pygments' is written by the parent theme, not stored in it.
    names = set(OF_PARENT) - {"pygments.css"}
    gone = [
        name
        for name in names
        if not any(f"/{name}" in sheet.removesuffix(".jinja") for sheet in sheets)
    ]
    assert not gone, (
        f"the parent theme has no {gone} any more: find its new name for OF_PARENT in "
        "docs/_extensions/light_theme/stylesheet.py"
    )


def test_the_parents_properties_that_our_styles_use_are_still_set() -> None:
    parents = "".join(parents_files(".css").values())
    own = "".join(path.read_text(encoding="utf-8") for path in (THEME / "static").glob("*.css"))
    used = set(re.findall(r"var\((--(?:pst|sbt|bs)-[\w-]+)", own))
    gone = {name for name in used if f"{name}:" not in parents and f"{name}:" not in own}
    assert used
    assert not gone, (
        f"the parent theme sets {sorted(gone)} no more: say in docs/_extensions/light_theme/theme "
        "by what our styles go now"
    )


def css_for(page: str, css: str) -> str:
    names = Names()
    names.add_page(page)
    return "".join(rule.text() for rule in parse(css, names))


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("p{color:red}", "p{color:red}"),
        ("b{color:red}", ""),
        ("p.a{color:red}", "p.a{color:red}"),
        (".a .c{color:red}", ""),
        (".c,.a{color:red}", ".a{color:red}"),
        ("#x{color:red}", "#x{color:red}"),
        ("#y{color:red}", ""),
        ("p:hover::after{color:red}", "p:hover::after{color:red}"),
        ("p:not(.c){color:red}", "p:not(.c){color:red}"),
        ("@media print{p{color:red}b{color:red}}", "@media print{p{color:red}}"),
        ("@media print{b{color:red}}", ""),
        ("@font-face{font-family:X;src:url(x.woff2)}", ""),
        ("p{content:var(--pst-icon-note);color:red!important}", "p{color:red!important}"),
        (r".sd\:a{color:red}", ""),
        (":is(.a,.c) b,:is(.a,.c):hover{color:red}", ":is(.a,.c):hover{color:red}"),
        (":is(.c,.d)>p{color:red}", ""),
        ("::-webkit-inner-spin-button{height:auto}p{-moz-hyphens:none;top:0.5em}", "p{top:.5em}"),
    ],
)
def test_of_a_style_sheet_what_the_page_uses_is_kept(css: str, kept: str) -> None:
    assert css_for('<p class="a b" id="x">', css) == kept


def test_a_custom_property_is_kept_as_long_as_something_kept_refers_to_it() -> None:
    css = ":root{--a:1px;--b:var(--a);--c:var(--b);--d:2px;--e:3px}p{margin:var(--b)}"
    kept = without_unused_properties(parse(css), "i{margin:var( --d)}")
    assert "".join(rule.text() for rule in kept) == (
        ":root{--a:1px;--b:var(--a);--d:2px}p{margin:var(--b)}"
    )


def test_a_declaration_that_a_later_rule_undoes_is_left_out() -> None:
    css = (
        "p,b{top:0;left:0!important}i{top:1px}@media print{b{left:1px}}b{top:2px;left:2px}p{top:0}"
    )
    kept = without_overridden(parse(css), parse("i{top:3px}"))
    assert "".join(rule.text() for rule in kept) == (
        "p,b{left:0!important}@media print{b{left:1px}}b{top:2px;left:2px}p{top:0}"
    )


def test_what_looks_alike_in_code_is_marked_alike() -> None:
    class Light(Style):
        styles = {Keyword: "#111", Name.Builtin: "#222", Number: "#222", String: "#333"}  # noqa: RUF012

    class Dark(Style):
        styles = {Keyword: "#eee", Name.Builtin: "#ddd", Number: "#ddd", String: "#ddd"}  # noqa: RUF012

    looks = looks_of(Light, Dark)
    assert looks[Name.Builtin] == looks[Number.Integer]
    assert looks[Number] != looks[String] != looks[Keyword]
    assert looks[Keyword.Namespace] == Keyword
    assert looks[Name.Function] == looks[Operator] == Text
    assert looks[Generic.Prompt] == Generic.Prompt
    assert looks[Comment.Single] == Comment.Single


def test_dark_rules_hold_without_the_mark_that_a_script_sets() -> None:
    css = (
        'html[data-theme="dark"] p:not(.a,.b),i{margin:0}@media print{html[data-theme=dark]{top:0}}'
    )
    assert "".join(rule.text() for rule in system_dark(parse(css))) == (
        "html[data-theme=light] p:not(.a,.b){margin:0}@media print{html[data-theme=light]{top:0}}"
    )


INDEX = """\
# All & sundry

The first paragraph, with `one.word` and `two words`.

```python
>>> sorted([1, 2], key=len)
```

![A square](square.png)

```{toctree}
:caption: A part

deep/one
deep/two
```
"""
ONE = """\
# One

After this page you can

- count;
- tell `one` from two.

```{note}
Text.
```
"""
TWO = """\
---
description: What "two" is.
---

# Two

## Half

Text.
"""
RARE = """\
/* What few pages have. */
.admonition.note { color: var(--pst-color-danger) }
html[data-theme="dark"] .note { top: 0 }
"""
ADDRESS = "https://tutorial.example/book/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("light")
    docs = root / "docs"
    (docs / "deep").mkdir(parents=True)
    (docs / "index.md").write_text(INDEX, encoding="utf-8")
    (docs / "deep/one.md").write_text(ONE, encoding="utf-8")
    (docs / "deep/two.md").write_text(TWO, encoding="utf-8")
    (docs / "square.png").write_bytes(png(30, 20))
    for name in ("0123456789abcdef/run.js", "data/one.0123456789abcdef.json", "other/worker.js"):
        (docs / "files" / name).parent.mkdir(parents=True)
        (docs / "files" / name).write_text("", encoding="utf-8")
    (docs / "files/rare.css").write_text(RARE, encoding="utf-8")
    (docs / "files/extra.css").write_text("p { top: 0 }", encoding="utf-8")
    warnings = io.StringIO()
    configuration = {
        "extensions": ["myst_parser", "light_theme"],
        "html_theme": "light_theme",
        "html_baseurl": ADDRESS,
        "html_css_files": ["rare.css"],
        "html_static_path": ["files"],
        "html_title": "A book",
        "language": "en",
        "light_theme_card": "_static/card.png",
        "light_theme_rare_styles": {"rare.css": "admonition note"},
    }
    with patch_docutils(docs), docutils_namespace():
        app = Sphinx(
            docs,
            None,
            root / "html",
            root / "trees",
            "html",
            configuration,
            status=None,
            warning=warnings,
        )
        app.connect("html-page-context", add_own_style)
        app.build()
    assert warnings.getvalue() == ""
    return root / "html"


def add_own_style(app: Sphinx, page: str, *_: object) -> None:
    if page == "deep/two":
        app.add_css_file("extra.css")


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def read(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_a_page_asks_for_one_style_sheet_and_one_script(site: Path) -> None:
    page = re.sub("<noscript>.*?</noscript>", "", read(site, "index.html"))
    assert re.findall(r'<link rel="stylesheet"[^>]*href="([^"]*)"', page) == [
        "_static/site_bundle.css"
    ]
    assert re.findall(r'<script[^>]*src="([^"?]*)', page) == ["_static/light_theme.js"]


def test_the_list_of_pages_links_from_each_folder_and_marks_the_page(site: Path) -> None:
    pages = {name: read(site, name) for name in ("index.html", "deep/one.html", "deep/two.html")}
    assert 'href="index.html" aria-current="page">A book' in pages["index.html"]
    assert 'href="deep/one.html">One' in pages["index.html"]
    assert 'href="one.html" aria-current="page">One' in pages["deep/one.html"]
    assert 'href="one.html">One' in pages["deep/two.html"]
    assert 'href="../index.html">A book' in pages["deep/two.html"]
    assert all(page.count('aria-current="page"') == 1 for page in pages.values())


@pytest.mark.parametrize(
    ("page", "description"),
    [
        ("index", "The first paragraph, with one.word and two words."),
        ("deep/one", "After this page you can count; tell one from two."),
        ("deep/two", "What &#34;two&#34; is."),
    ],
)
def test_a_page_describes_itself(site: Path, page: str, description: str) -> None:
    html = read(site, f"{page}.html")
    assert f'<meta name="description" content="{description}">' in html
    assert f'<meta property="og:description" content="{description}">' in html
    assert f'<link rel="canonical" href="{ADDRESS}{page}.html" />' in html
    assert f'<meta property="og:image" content="{ADDRESS}_static/card.png">' in html


def test_pictures_have_sizes(site: Path) -> None:
    assert 'width="30" height="20"' in read(site, "index.html")


def test_the_sitemap_has_all_pages_and_robots_know_it(site: Path) -> None:
    addresses = re.findall("<loc>(.*?)</loc>", read(site, "sitemap.xml"))
    assert addresses == [f"{ADDRESS}{page}.html" for page in ("deep/one", "deep/two", "index")]
    assert f"Sitemap: {ADDRESS}sitemap.xml" in read(site, "robots.txt")


def test_the_page_for_wrong_addresses_works_at_every_depth(site: Path) -> None:
    assert '<base href="/book/">' in read(site, "404.html")


def test_code_has_no_mark_that_changes_nothing(site: Path) -> None:
    page = read(site, "index.html")
    assert '<span class="gp">&gt;&gt;&gt; </span><span class="' in page
    assert '">sorted</span>([<span class="' in page
    assert '">1</span>, <span class="' in page
    assert '">2</span>], key=<span class="' in page
    assert '<code class="docutils literal notranslate">one.word</code>' in page
    assert '<span class="pre">two</span>' not in page


def test_a_page_says_what_it_may_load(site: Path) -> None:
    page = read(site, "deep/one.html")
    assert f'http-equiv="Content-Security-Policy" content="{POLICY}"' in page
    [script] = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    assert script == FIRST_SCRIPT
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in POLICY


def test_only_what_has_a_digest_is_kept_for_ever(site: Path) -> None:
    headers = read(site, "_headers")
    assert f"Content-Security-Policy: {POLICY}" in headers
    kept = re.findall(r"^/(\S+)\n  Cache-Control: .*immutable$", headers, re.MULTILINE)
    assert kept == [
        "_static/0123456789abcdef/*",
        "_static/data/*",
        "_static/extra.css",
        "_static/rare.css",
    ]


@pytest.mark.skipif(esbuild_program() is None, reason="npm's packages are not installed")
def test_the_script_of_all_pages_is_made_smaller(site: Path) -> None:
    script = read(site, "_static/light_theme.js")
    assert "//" not in script
    assert "localStorage.setItem" in script


def test_what_few_pages_need_those_load(site: Path) -> None:
    assert "_static/rare.css?v=" in read(site, "deep/one.html")
    assert "rare.css" not in read(site, "deep/two.html")
    assert read(site, "_static/rare.css").startswith(".admonition.note{color:var(")
    # The others' style sheet has the property that it refers to, and the dark one its dark rule.
    bundle = read(site, "_static/site_bundle.css")
    assert "--pst-color-danger:" in bundle
    assert ".note{color" not in bundle
    assert ".note{top:0}" in read(site, "_static/system_dark.css")


def test_the_style_sheet_has_no_font_and_reaches_nowhere(site: Path) -> None:
    css = read(site, "_static/site_bundle.css")
    assert "@font-face" not in css
    assert "@import" not in css
    assert not re.search(r"url\((?![\"']?data:)", css)


def test_what_the_layout_takes_from_the_parent_is_still_styled(site: Path) -> None:
    css = read(site, "_static/site_bundle.css")
    of_parent = set(re.findall(r"\bbd-[\w-]+", (THEME / "layout.html").read_text(encoding="utf-8")))
    assert of_parent == {"bd-main", "bd-content", "bd-article-container", "bd-article"}
    parents_rules = css[: css.index("--light-side")]
    assert all(f".{name}" in parents_rules for name in of_parent)
    assert "--pst-color-background:" in parents_rules
    assert "html[data-theme=dark]{" in parents_rules
    assert "html[data-theme=light]{" in read(site, "_static/system_dark.css")


def test_nothing_is_published_that_no_page_asks_for(site: Path) -> None:
    names = {path.name for path in (site / "_static").rglob("*")}
    assert not {name for name in names if name.endswith((".woff2", ".map"))}
    assert not names & {"fontawesome.js", "bootstrap.js", "pydata-sphinx-theme.js"}
