"""Each page is there as Markdown too, which says what the page shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes
from markdown_it import MarkdownIt
from markdown_pages.raw_html import pipe_table, words_of_html
from markdown_pages.writer import Place, as_markdown, code_span, fence
from sphinx.testing.util import SphinxTestApp

CONFIGURATION = """\
extensions = [
    "myst_parser", "tested_pages.sphinx_extension", "sphinx_design", "sphinx_exercise",
    "markdown_pages",
]
project = html_title = "A Site"
llms_summary = "What it is about."
tested_pages_code = "../code"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
"""

INDEX = """\
# A Site

How it begins.

```{toctree}
:caption: Part one

part/page
part/other
```
"""

OTHER = """\
# The other page

It is short.

```{glossary}
port
    A number.
```
"""

LISTING = 'print("```")\n'

PAGE = """\
# One page

It begins "here".

On *one* {term}`port`, as [the other](other.md) and {doc}`other` say: 2 * 3 < 7, `a*b`.

## Listings

```{literalinclude} /../code/part/page/shout.py
:language: python
:caption: shout.py
```

```python
>>> names = ["Ann"]
>>> names * 2
['Ann', 'Ann']
```

```{references} names
:caption: One list
```

```{ladder}
server: recvfrom(size) waits
client -> server [request]: sendto(request, server) -> recvfrom(size) returns
```

:::{admonition} Then and now
Once there was

- one
- two

  more
:::

::::{tab-set}
:::{tab-item} Linux
Nothing else.
:::
::::

```{exercise} shout
:label: shout

1. Shout.
```

````{solution} shout
:class: dropdown

| a | b |
|---|---|
| `\\|` | 2 |
````

<!-- nobody reads this -->
"""

EXPECTED = """\
# One page

It begins "here".

On *one* port, as [the other](other.md) and [The other page](other.md) say: 2 \\* 3 \\< 7, `a*b`.

## Listings

`shout.py`:

````python
print("```")
````

```pycon
>>> names = ["Ann"]
>>> names * 2
['Ann', 'Ann']
```

names refers to a list of 1: 'Ann'.

*One list*

What the programs called and sent:

1. server: `recvfrom(size)` waits
2. client → server: request (`sendto(request, server)`, `recvfrom(size)` returns)

> **Then and now**
>
> Once there was
>
> - one
>
> - two
>
>   more

**Linux**

Nothing else.

**Exercise 1 (shout)**

1. Shout.

**Solution to Exercise 1 (shout)**

| a | b |
| --- | --- |
| `\\|` | 2 |
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of three pages."""
    root = tmp_path_factory.mktemp("site")
    files = {
        "docs/conf.py": CONFIGURATION,
        "docs/index.md": INDEX,
        "docs/part/page.md": PAGE,
        "docs/part/other.md": OTHER,
        "code/part/page/shout.py": LISTING,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    app = SphinxTestApp("html", srcdir=root / "docs")
    try:
        app.build()
        assert app.warning.getvalue() == ""
        return Path(app.outdir)
    finally:
        app.cleanup()


def test_a_page_says_in_markdown_what_it_shows(site: Path) -> None:
    text = (site / "part" / "page.md").read_text(encoding="utf-8")
    shown, _, foot = text.rpartition("\n\n")
    assert shown + "\n" == EXPECTED
    assert "ran on" in foot


def test_a_page_names_its_markdown(site: Path) -> None:
    html = (site / "part" / "page.html").read_text(encoding="utf-8")
    assert '<link rel="alternate" type="text/markdown" href="page.md">' in html


def test_llms_txt_names_all_pages_by_part(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    assert text == (
        "# A Site\n\n> What it is about.\n\n- [A Site](index.md): How it begins.\n\n## Part one\n\n"
        "- [One page](part/page.md): It begins “here”.\n"
        "- [The other page](part/other.md): It is short.\n"
    )


class UnknownNode(nodes.General, nodes.Element):
    """A node that some new extension might make."""


def test_what_cannot_be_written_is_named() -> None:
    document = nodes.document(None, None)  # type: ignore[arg-type]
    document += [nodes.paragraph("", "before"), UnknownNode()]
    text, unknown = as_markdown(document, Place())
    assert text == "before\n"
    assert [type(node) for node in unknown] == [UnknownNode]


@pytest.mark.parametrize(
    "text",
    [
        "1. no list",
        "- no list",
        "# no head",
        "> no quote",
        "a_b _c_ *d* [e](f) `g` <h>",
        "+",
    ],
)
def test_text_stays_text(text: str) -> None:
    document = nodes.document(None, None)  # type: ignore[arg-type]
    document += nodes.paragraph("", text)
    tokens = MarkdownIt().parse(as_markdown(document, Place())[0])
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == text


@pytest.mark.parametrize("text", ["plain", "`", "a `` b", "``` ` "])
def test_code_stays_code(text: str) -> None:
    (block,) = MarkdownIt().parse(fence(text, "python"))
    assert (block.type, block.info, block.content) == ("fence", "python", text.rstrip() + "\n")
    (span,) = MarkdownIt().parseInline(code_span(text))[0].children or []
    assert (span.type, span.content) == ("code_inline", text)


def test_html_is_put_into_words() -> None:
    html = """
        <figure><svg><title>Two
        boxes</title><text>1</text><p>no</p></svg><figcaption>Seen</figcaption></figure>
        <table><caption>Layers</caption>
        <tr><th>a</th><th>b</th></tr>
        <tr><td rowspan="2">1</td><td>2</td></tr>
        <tr><td>3 | 4</td></tr>
        </table>"""
    table = "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 1 | 3 \\| 4 |"
    assert words_of_html(html) == ["Two boxes", "Seen", "Layers", table]


def test_short_rows_are_filled_up() -> None:
    assert pipe_table([["a", "b"], ["1"]]) == "| a | b |\n| --- | --- |\n| 1 |  |"
