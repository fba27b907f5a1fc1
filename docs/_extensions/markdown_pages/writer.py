"""Writes a page, as Sphinx is about to show it, as plain Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx_design.dropdown import dropdown_main, dropdown_title
from sphinx_design.tabs import sd_tab_input, sd_tab_label
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node, solution_node

from live_pages.sphinx_extension import live_exercise
from markdown_pages.raw_html import pipe_table, words_of_html
from tested_pages.references import in_words
from tested_pages.references_directive import references_picture
from tested_pages.terminal_directive import terminal
from tested_pages.version_directives import older_output
from tested_pages.wire_picture import wire_picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Neither says anything to a reader of Markdown.
SILENT = (
    nodes.comment,
    nodes.docinfo,
    nodes.meta,
    nodes.substitution_definition,
    nodes.system_message,
    nodes.target,
    addnodes.index,
    addnodes.highlightlang,
    addnodes.toctree,
    live_exercise,
    sd_tab_input,
)
EXERCISES = (exercise_node, exercise_enumerable_node, solution_node)
SPECIAL = re.compile(r"([\\`*\[\]<]|(?<!\w)_|_(?!\w))")
# What would begin a list, a heading or a quotation.
OPENING = re.compile(r"^(?:(\d+)([.)])|([-+#>]))(?=\s|$)", re.MULTILINE)
# Quotes as the page's author wrote them, so that an error message is found as it is printed.
PLAIN_QUOTES = str.maketrans("“”‘’", "\"\"''")
LANGUAGES = {"default": "", "none": "", "text": "", "python2": "python"}


@dataclass(frozen=True)
class Place:
    """What a page's Markdown needs to know of the site.

    Attributes:
        images: Address of each picture, relative to the page, by what its node calls it.
        exercise_numbers: Numbers of the page's exercises by their ids.
    """

    images: Mapping[str, str] = field(default_factory=dict)
    exercise_numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)


def as_markdown(doctree: nodes.document, place: Place) -> tuple[str, list[nodes.Element]]:
    """A page's Markdown.

    Args:
        doctree: The page, its references resolved.
        place: Where it is.

    Returns:
        The text, and the nodes that could not be written.
    """
    writer = _Writer(place)
    blocks = writer.blocks(doctree.children, level=0)
    return "\n\n".join(blocks) + "\n", writer.unknown


class _Writer:
    def __init__(self, place: Place) -> None:
        self.unknown: list[nodes.Element] = []
        self._place = place

    # Blocks

    def blocks(self, children: Iterable[nodes.Node], level: int) -> list[str]:
        """Blocks of text, none of them empty; `level` is that of the heading above."""
        found = (block for child in children for block in self._block(child, level))
        return [block for block in found if block.strip()]

    def _block(self, node: nodes.Node, level: int) -> list[str]:
        match node:
            case nodes.Element() if isinstance(node, SILENT) or "only-dark" in node["classes"]:
                return []
            case nodes.section():
                return self.blocks(node.children, level + 1)
            case nodes.title():
                return [f"{'#' * max(level, 1)} {self._line(node)}"]
            case nodes.paragraph() | nodes.rubric() | nodes.attribution():
                return [OPENING.sub(r"\1\\\2\3", self._inline(node))]
            case nodes.caption():
                is_listing = "literal-block-wrapper" in node.parent.get("classes", ())
                return [f"{code_span(node.astext())}:" if is_listing else f"*{self._line(node)}*"]
            case sd_tab_label() | dropdown_title():
                return [f"**{self._line(node)}**"]
            case terminal():
                return [f"Terminal **{node['name']}**:", fence(node.astext(), "console")]
            case nodes.literal_block() | nodes.doctest_block():
                return [self._code(node)]
            case wire_picture():
                return self._wire(node, level)
            case older_output():
                return [f"{node['summary']}:", *self.blocks(node.children, level)]
            case nodes.Element() if isinstance(node, EXERCISES):
                title = f"**{self._exercise_title(node)}**"
                return [title, *self.blocks(node.children[1:], level)]
            case nodes.Element() if isinstance(node, nodes.Admonition):
                return [self._quoted(self._admonition(node, level))]
            case nodes.block_quote():
                return [self._quoted(self.blocks(node.children, level))]
            case nodes.bullet_list() | nodes.enumerated_list():
                return [self._list(node, level)]
            case nodes.definition_list():
                return [self._definitions(node, level)]
            case nodes.table():
                return self._table(node)
            case nodes.image():
                return [self._inline_node(node)]
            case nodes.raw():
                return words_of_html(node.astext()) if "html" in node["format"] else []
            case nodes.transition():
                return ["---"]
            case nodes.container() | nodes.compound() | nodes.figure() | dropdown_main():
                return self.blocks(node.children, level)
            case nodes.legend() | addnodes.glossary():
                return self.blocks(node.children, level)
            case references_picture():
                # Its own paragraph has got typographic quotes, also around strings of Python.
                return [self._text(in_words(node["snapshot"]))]
            case nodes.Inline() | nodes.Text():
                return [self._inline_node(node)]
        assert isinstance(node, nodes.Element)
        self.unknown.append(node)
        return []

    def _code(self, node: nodes.Element) -> str:
        text, language = node.astext(), node.get("language", "")
        if language == "python" and text.startswith(">>>"):
            language = "pycon"
        return fence(text, LANGUAGES.get(language, language))

    def _wire(self, node: wire_picture, level: int) -> list[str]:
        blocks = self.blocks(node.children, level)
        if isinstance(node[0], nodes.paragraph):
            return [f"{blocks[0]}:" if blocks[0][-1].isalnum() else blocks[0], *blocks[1:]]
        return ["What the programs called and sent:", *blocks]

    def _exercise_title(self, node: nodes.Element) -> str:
        title = node[0]
        assert isinstance(title, nodes.Element)
        number = self._place.exercise_numbers.get(node.get("label", ""), ())
        # Of a numbered exercise the title node holds what comes after the number.
        kind = title.get("title", "").replace("%s", ".".join(map(str, number)))
        return self._text(f"{kind} {title.astext()}")

    def _admonition(self, node: nodes.Element, level: int) -> list[str]:
        if isinstance(node[0], nodes.title):
            title, rest = self._line(node[0]), node.children[1:]
        else:
            title, rest = type(node).__name__.capitalize(), node.children
        return [f"**{title}**", *self.blocks(rest, level)]

    def _quoted(self, blocks: Iterable[str]) -> str:
        lines = "\n\n".join(blocks).split("\n")
        return "\n".join(f"> {line}".rstrip() for line in lines)

    def _list(self, node: nodes.Element, level: int) -> str:
        first = node.get("start", 1)
        numbered = isinstance(node, nodes.enumerated_list)
        items = []
        is_tight = True
        for number, item in enumerate(node.children, first):
            assert isinstance(item, nodes.Element)
            blocks = self.blocks(item.children, level)
            is_tight = is_tight and len(blocks) < 2
            items.append(_item(f"{number}. " if numbered else "- ", blocks))
        return ("\n" if is_tight else "\n\n").join(items)

    def _definitions(self, node: nodes.Element, level: int) -> str:
        items = []
        for item in node.children:
            assert isinstance(item, nodes.Element)
            terms = self._text(", ".join(term.astext() for term in item.findall(nodes.term)))
            definitions = [part for part in item.children if isinstance(part, nodes.definition)]
            blocks = [block for part in definitions for block in self.blocks([*part], level)]
            items.append(_item("- ", [f"**{terms}**: {blocks[0] if blocks else ''}", *blocks[1:]]))
        return "\n".join(items)

    def _table(self, node: nodes.table) -> list[str]:
        captions = [self._line(title) for title in node.children if isinstance(title, nodes.title)]
        rows = [
            [
                " ".join(self._line(part) for part in entry.children)
                for entry in row.children
                if isinstance(entry, nodes.entry)
            ]
            for row in node.findall(nodes.row)
        ]
        return [*captions, pipe_table(rows)]

    # Inline

    def _line(self, node: nodes.Node) -> str:
        """The node's text in one line."""
        return " ".join(self._inline(node).split())

    def _inline(self, node: nodes.Node) -> str:
        return "".join(self._inline_node(child) for child in node.children)

    def _text(self, words: str) -> str:
        """Words that are no Markdown, in one line."""
        return _escaped(" ".join(words.split()))

    def _inline_node(self, node: nodes.Node) -> str:
        match node:
            case nodes.Text():
                return _escaped(node.astext())
            case nodes.literal():
                return code_span(node.astext())
            case nodes.emphasis() | nodes.title_reference():
                return f"*{self._inline(node)}*"
            case nodes.strong():
                return f"**{self._inline(node)}**"
            case nodes.reference():
                return self._link(node)
            case nodes.image():
                address = self._place.images.get(node["uri"], node["uri"])
                return f"![{node.get('alt', '')}]({address})"
            case nodes.Element() if isinstance(node, (*SILENT, nodes.raw)):
                return ""
            case nodes.footnote_reference():
                return f"[^{node.astext()}]"
        return self._inline(node)

    def _link(self, node: nodes.reference) -> str:
        text = self._inline(node)
        # A term is explained in the glossary, where the reader of plain text will not go for it.
        if any("std-term" in child.get("classes", ()) for child in node.findall(nodes.inline)):
            return text
        address = f"#{node['refid']}" if "refid" in node else node.get("refuri", "")
        parts = urlsplit(address)
        if not parts.scheme and parts.path.endswith(".html"):
            address = parts._replace(path=f"{parts.path.removesuffix('.html')}.md").geturl()
        return f"[{text}]({address})" if address else text


def _escaped(words: str) -> str:
    return SPECIAL.sub(r"\\\1", words.translate(PLAIN_QUOTES))


def _item(marker: str, blocks: Sequence[str]) -> str:
    indent = " " * len(marker)
    lines = "\n\n".join(blocks).split("\n")
    return marker + "\n".join(f"{indent}{line}".rstrip() for line in lines).lstrip()


def fence(text: str, language: str) -> str:
    """A fenced block of code, whatever backticks are in it."""
    marks = "`" * max(3, _longest_run_of_backticks(text) + 1)
    return f"{marks}{language}\n{text.rstrip()}\n{marks}"


def code_span(text: str) -> str:
    """Code within a line, whatever backticks are in it."""
    marks = "`" * (_longest_run_of_backticks(text) + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{blank}{text}{blank}{marks}"


def _longest_run_of_backticks(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
