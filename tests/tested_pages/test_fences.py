"""Where a page's fences begin and end, and what they hold."""

import random
import runpy
import sys
import textwrap
from pathlib import Path

import pytest
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from tested_pages import fences as fences_module
from tested_pages.fences import comment_lines, fences

CONFIGURATION_OF_THE_SITE = Path(__file__).parents[2] / "docs/conf.py"


def read(text):
    return list(fences(textwrap.dedent(text)))


def test_a_fence_says_where_it_is_and_what_it_holds():
    [fence] = read("""\
        # A page

        ```python
        x = 1
        y = 2
        ```
        """)
    assert (fence.line, fence.body_line, fence.last_line) == (3, 4, 6)
    assert (fence.directive, fence.argument, fence.info) == ("", "python", "python")
    assert fence.body == "x = 1\ny = 2\n"
    assert fence.is_closed
    assert not fence.holds_markdown


def test_a_directive_has_an_argument_options_and_a_body():
    [fence] = read("""\
        ```{code-block} text
        :caption: A title: with a colon
        :linenos:

        first
        ```
        """)
    assert (fence.directive, fence.argument) == ("code-block", "text")
    assert fence.options == {"caption": "A title: with a colon", "linenos": ""}
    assert (fence.body, fence.body_line, fence.last_line) == ("first\n", 5, 6)


def test_only_one_empty_line_after_the_options_is_left_out():
    [fence] = read("""\
        ```{code-block} text
        :linenos:


        first
        ```
        """)
    assert (fence.body, fence.body_line) == ("\nfirst\n", 4)


def test_a_body_without_options_keeps_its_first_empty_line():
    [fence] = read("""\
        ```{terminal} one

        $ ls
        ```
        """)
    assert (fence.body, fence.body_line) == ("\n$ ls\n", 2)


def test_an_empty_fence_ends_on_its_second_line():
    [fence] = read("""\
        ```{wire}
        ```
        """)
    assert (fence.body, fence.line, fence.last_line) == ("", 1, 2)
    assert fence.is_closed


@pytest.mark.parametrize("mark", ["```", "~~~", "``````", ":::"])
def test_all_marks_of_fences_are_read(mark):
    [fence] = read(f"{mark}python\nx = 1\n{mark}\n")
    assert (fence.argument, fence.body, fence.is_closed) == ("python", "x = 1\n", True)


def test_the_closing_line_may_be_longer():
    [fence] = read("```python\nx = 1\n``````\n")
    assert (fence.body, fence.is_closed) == ("x = 1\n", True)


@pytest.mark.parametrize(
    "text",
    [
        "```python\nx = 1\n",
        "```python\n",
        "```python",
        "````python\nx = 1\n```\n",
        "```python\nx = 'ends in ```\n",
        "```python\nx = 1\n~~~\n",
        "> ```python\n> x = 1\n\nText\n",
        "- ```python\n  x = 1\n\nText\n",
    ],
)
def test_a_fence_without_closing_line_is_not_closed(text):
    [fence] = fences(text)
    assert not fence.is_closed


def test_a_nested_fence_that_is_not_closed_is_found_in_a_directive_that_is():
    outer, inner = read("""\
        :::{note}
        ```python
        x = 1
        :::
        """)
    assert outer.is_closed
    assert not inner.is_closed
    assert inner.line == 2


def test_fences_in_lists_lose_their_indentation_and_keep_their_lines():
    first, second = read("""\
        1. One:

           ```python
           if True:
               x = 1
           ```
           - Two:
             ```python
             y = 2
             ```
        """)
    assert (first.line, first.body) == (3, "if True:\n    x = 1\n")
    assert (second.line, second.body) == (8, "y = 2\n")


def test_fences_in_quotes_lose_the_quote_marks():
    [fence] = read("""\
        > Said:
        >
        > ```python
        > x = 1
        > ```
        """)
    assert (fence.line, fence.body, fence.is_closed) == (3, "x = 1\n", True)


def test_fences_in_definitions_and_footnotes_are_found():
    definition, footnote = read("""\
        term
        : ```python
          x = 1
          ```

        Text.[^1]

        [^1]: Note

            ```python
            y = 2
            ```
        """)
    assert (definition.line, definition.body) == (2, "x = 1\n")
    assert (footnote.line, footnote.body) == (10, "y = 2\n")


def test_fences_in_directives_are_found_however_deep():
    found = read("""\
        `````{exercise} One
        :label: one

        ````{admonition} Two
        :class: tip

        - Three:

          ```python
          x = 1
          ```
        ````
        `````
        """)
    assert [fence.directive for fence in found] == ["exercise", "admonition", ""]
    assert [fence.line for fence in found] == [1, 4, 9]
    assert found[2].body == "x = 1\n"
    assert [fence.holds_markdown for fence in found] == [True, True, False]


@pytest.mark.parametrize("name", ["code-block", "terminal", "literalinclude", "math", "raw"])
def test_what_looks_like_a_fence_in_a_literal_directive_is_none(name):
    [fence] = read(f"""\
        ````{{{name}}} x
        ```python
        x = 1
        ```
        ````
        """)
    assert fence.directive == name
    assert fence.body.startswith("```python")


def test_an_indented_block_is_found():
    [fence] = read("""\
        Text:

            x = 1
        """)
    assert fence.is_indented
    assert fence.line == 3


def test_comments_hold_no_fences():
    text = "<!--\n```python\nx = 1\n\n```\n-->\n\n% ```python\n\n<!-- one line -->\nText.\n"
    assert list(fences(text)) == []
    assert comment_lines(text) == {1, 2, 3, 4, 5, 6, 10}


def test_html_that_is_shown_is_no_comment():
    assert comment_lines("<div>\n>>> x\n</div>\n") == set()


def test_front_matter_holds_no_fences():
    text = "---\nkey: |\n\n      indented\n---\n\n```python\nx = 1\n```\n"
    [fence] = fences(text)
    assert fence.line == 7


@pytest.mark.parametrize("character", ["\f", "\v", "\x1c", "\x85", "\u2028"])
def test_only_a_newline_ends_a_line(character):
    text = f"A{character}B\n\n```python\nx = '{character}'\n```\n"
    [fence] = fences(text)
    assert (fence.line, fence.last_line, fence.is_closed) == (3, 5, True)


# Lines that begin, end or interrupt blocks of Markdown.
LINES = [
    *("", "", "text", "```", "````", "~~~", ":::", "```python", "<!--", "-->", "<div>", "</div>"),
    *(">>> x", "% x", "    x", "- a", "1. z", "> q", "term", ": def", "[^1]: note", "(label)="),
    *("| a | b |", "|---|---|", "# h", "---", "===", "+++", "$$", ":key: value"),
]


def blocks(markdown, text):
    """The blocks of a text that may hold code."""
    return [
        (token.type, token.map, token.info, token.content)
        for token in markdown.parse(text)
        if token.type in {"fence", "colon_fence", "code_block", "html_block"}
    ]


def test_blocks_begin_and_end_where_myst_sees_them():
    path_before = list(sys.path)
    settings = runpy.run_path(str(CONFIGURATION_OF_THE_SITE))
    sys.path[:] = path_before
    extensions = set(settings["myst_enable_extensions"])
    myst = create_md_parser(MdParserConfig(enable_extensions=extensions), RendererHTML)
    myst.disable("inline", True)
    choose = random.Random(5)
    for _ in range(5000):
        text = "".join(
            choose.choice(["", "", "", "  ", "    ", "> "]) + choose.choice(LINES) + "\n"
            for _ in range(choose.randrange(2, 14))
        )
        assert blocks(fences_module._MARKDOWN, text) == blocks(myst, text), text


def test_a_text_may_end_anywhere():
    text = "> :::{note}\n> ```python\n> "
    for length in range(len(text) + 1):
        list(fences(text[:length]))
