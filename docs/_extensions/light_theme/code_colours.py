"""Colours of code, with a mark only where the colour changes.

Pygments marks each name, comma and space with what it is, while the styles give most kinds the
colour of plain text, and many others one colour: of a large page that was a tenth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pygments.formatters import HtmlFormatter
from pygments.styles import get_style_by_name
from pygments.token import (
    STANDARD_TYPES,
    Comment,
    Error,
    Generic,
    Operator,
    Text,
    Token,
    Whitespace,
)
from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pygments.style import Style
    from pygments.token import _TokenType
    from sphinx.application import Sphinx

# Prompts and output are told from what one types, whatever their colours; and nothing that is not
# an error is marked as one.
TOLD_APART = (Generic, Comment, Error)
# Points and equal signs are what code is full of, and a colour of theirs tells nobody anything.
PLAIN = (Token, Whitespace, Operator)


class LeanFormatter(HtmlFormatter):  # type: ignore[misc]  # Pygments has no types.
    """Gives kinds of tokens that look alike one class, and none to those that look like text."""

    looks: dict[_TokenType, _TokenType]

    def format_unencoded(self, tokensource: Iterable[tuple[_TokenType, str]], outfile: Any) -> None:
        """Writes the tokens; Pygments joins neighbours of the same class."""
        super().format_unencoded(((self.look(kind), text) for kind, text in tokensource), outfile)

    @classmethod
    def look(cls, kind: _TokenType) -> _TokenType:
        """The kind that stands for all that look like this one."""
        while kind not in cls.looks:
            kind = kind.parent or Text
        return cls.looks[kind]


def looks_of(*styles: type[Style]) -> dict[_TokenType, _TokenType]:
    """For each kind of token the first one that looks like it in all the styles."""
    seen: dict[str, _TokenType] = {_look(styles, Text): Text}
    looks: dict[_TokenType, _TokenType] = dict.fromkeys(PLAIN, Text)
    for kind in sorted(STANDARD_TYPES, key=lambda kind: (len(kind), len(STANDARD_TYPES[kind]))):
        if any(kind in group for group in TOLD_APART):
            looks[kind] = kind
        elif kind not in looks:
            looks[kind] = seen.setdefault(_look(styles, kind), kind)
    return looks


def _look(styles: tuple[type[Style], ...], kind: _TokenType) -> str:
    return repr([sorted(style.style_for_token(kind).items(), key=str) for style in styles])


def use_lean_formatter(app: Sphinx) -> None:
    """Has code of this build written so; the styles are those that the parent theme colours by."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or builder.name != "html":
        return
    options = {**builder.theme.get_options(), **app.config.html_theme_options}
    styles = [get_style_by_name(options[f"pygments_{mode}_style"]) for mode in ("light", "dark")]
    lean = type("LeanFormatter", (LeanFormatter,), {"looks": looks_of(*styles)})
    builder.highlighter.formatter = lean
