"""The fences of a Markdown page as MyST reads them, those inside other directives included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

DIRECTIVE = re.compile(r"\{(?P<name>[^}\s]+)\}[ ]*(?P<argument>.*)")
OPTION = re.compile(r"\s*:(?P<name>[\w-]+):[ ]?(?P<value>.*)")

# Directives whose text is not Markdown; the fences of all others may hold fences.
LITERAL_DIRECTIVES = frozenset(
    {"code", "code-block", "code-cell", "sourcecode", "literalinclude", "include", "highlight"}
    | {"terminal", "wire", "ladder", "references", "since", "before"}
    | {"raw", "math", "image", "toctree", "eval-rst", "csv-table"}
)


@dataclass(frozen=True)
class Fence:
    """A fence of a page.

    Attributes:
        line: The page's line (1-based) that opens it.
        info: What follows the fence's marks on that line, unchanged.
        directive: Name of the directive, `""` if it is a plain code fence.
        argument: The directive's argument, or for a plain fence the first word, its language.
        options: The directive's options.
        body: Its text, without options and the opening and closing lines.
        body_line: The page's line where `body` begins.
        is_closed: Whether it has a closing line.
        is_indented: True for an indented block of code, which has no fence at all.
    """

    line: int
    info: str
    directive: str
    argument: str
    options: dict[str, str]
    body: str
    body_line: int
    is_closed: bool = True
    is_indented: bool = False

    @property
    def holds_markdown(self) -> bool:
        """Whether its text is Markdown, and may hold fences."""
        return bool(self.directive) and self.directive not in LITERAL_DIRECTIVES

    @property
    def last_line(self) -> int:
        """The page's line that closes it."""
        return self.body_line + self.body.count("\n")


def _markdown() -> MarkdownIt:
    """Markdown as MyST reads it, as far as it matters to where a block begins and ends."""
    return (
        MarkdownIt("commonmark")
        .disable("inline", True)
        .enable("table")
        .use(front_matter_plugin)
        .use(colon_fence_plugin)
        .use(myst_block_plugin)
        .use(deflist_plugin)
        .use(footnote_plugin, inline=False, move_to_end=False)
    )


_MARKDOWN = _markdown()


def fences(text: str) -> Iterator[Fence]:
    """All fences and indented blocks of code of a page, in page order.

    Args:
        text: The page's Markdown.
    """
    yield from _fences_within(text, first_line=1)


def _blocks(text: str) -> list[Token]:
    # Without it, the plugin for ::: looks behind the end of some texts.
    return _MARKDOWN.parse(text if text.endswith("\n") else f"{text}\n")


def comment_lines(text: str) -> set[int]:
    """The page's lines (1-based) that stand in HTML comments and that no reader sees."""
    lines: set[int] = set()
    for token in _blocks(text):
        if token.type == "html_block" and token.map and token.content.lstrip().startswith("<!--"):
            start, end = token.map
            lines.update(range(start + 1, end + 1))
    return lines


def follows_directly(fence: Fence, earlier: Fence, lines: list[str]) -> bool:
    """Whether nothing but empty lines stands between a fence and an earlier one.

    Args:
        fence: A fence.
        earlier: One before it.
        lines: The page's lines.
    """
    return not any(line.strip() for line in lines[earlier.last_line : fence.line - 1])


def _fences_within(text: str, first_line: int) -> Iterator[Fence]:
    lines = text.split("\n")
    for token in _blocks(text):
        if token.map is None:
            continue
        start, end = token.map
        line = first_line + start
        if token.type == "code_block":
            yield Fence(line, "", "", "", {}, token.content, line, is_indented=True)
        elif token.type in {"fence", "colon_fence"}:
            mark, length = token.markup[0], len(token.markup)
            last = lines[end - 1].lstrip("> \t").rstrip() if end > start + 1 else ""
            is_closed = len(last) >= length and not last.strip(mark)
            fence = _read_fence(token.info, token.content, line, is_closed)
            yield fence
            if fence.holds_markdown:
                yield from _fences_within(fence.body, fence.body_line)


def _read_fence(info: str, content: str, line: int, is_closed: bool) -> Fence:
    directive = DIRECTIVE.fullmatch(info.strip())
    if directive is None:
        language, _, _ = info.strip().partition(" ")
        return Fence(line, info, "", language, {}, content, line + 1, is_closed)
    options: dict[str, str] = {}
    body_lines = content.splitlines(keepends=True)
    taken = 0
    for body_line in body_lines:
        option = OPTION.fullmatch(body_line.rstrip("\n"))
        if option is None:
            break
        options[option["name"]] = option["value"].strip()
        taken += 1
    # MyST drops one empty line between the options and the text.
    if taken and taken < len(body_lines) and not body_lines[taken].strip():
        taken += 1
    return Fence(
        line,
        info,
        directive["name"],
        directive["argument"].strip(),
        options,
        "".join(body_lines[taken:]),
        line + 1 + taken,
        is_closed,
    )
