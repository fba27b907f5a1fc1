"""What each section of a page holds, as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node, solution_node

from tested_pages.wire_picture import wire_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

# The anchor (`""` for the top of the page), the title, the text, the kind, which is `"text"`, or
# `"exercise"` for what asks and does not explain, and the names from the documentation of Python
# to which the text links: it does so where it explains them.
Section = tuple[str, str, str, str, list[str]]

EXERCISES = (exercise_node, exercise_enumerable_node, solution_node)
# sphinx-exercise puts what an exercise says in a section, which is none of the page's.
NO_SECTIONS = {"exercise-content", "solution-content"}
NOT_TEXT = (nodes.comment, nodes.system_message, nodes.title, wire_picture)
EXERCISE_NAME = re.compile(r"\((.+)\)\s*$")
TAG = re.compile(r"<[^>]*>")


def sections_of(doctree: nodes.document) -> Iterator[Section]:
    """The sections in their order; a term of a glossary and an exercise are sections too."""
    for top in doctree.findall(nodes.section):
        if isinstance(top.parent, nodes.document):
            yield from _section(top, "text", anchor="")


def _section(node: nodes.Element, kind: str, anchor: str | None = None) -> Iterator[Section]:
    inner: list[nodes.Element] = []
    # A term is known by its id and explained by what follows it.
    term = _term(node)
    told = node if term is None else next(iter(node.findall(nodes.definition)), node)
    text = " ".join(_texts(told, inner))
    if anchor is None:
        anchor = (node if term is None else term)["ids"][0]
    yield anchor, _title(node), _plain(text), kind, sorted(set(_names(node, inner)))
    for part in inner:
        is_exercise = kind == "exercise" or isinstance(part, EXERCISES)
        yield from _section(part, "exercise" if is_exercise else "text")


def _title(node: nodes.Element) -> str:
    if isinstance(node, solution_node):
        return "Solution"
    heading = node[0]
    if isinstance(node, EXERCISES):
        # Its number is not known before the page is written; its name is.
        name = EXERCISE_NAME.search(heading.astext())
        return f"Exercise: {name[1]}" if name else "Exercise"
    return _plain(heading.astext())


def _texts(node: nodes.Element, inner: list[nodes.Element]) -> Iterator[str]:
    """The texts below a node; what is a section of its own goes to `inner`."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child.astext()
        elif (
            not isinstance(child, nodes.Element)
            or isinstance(child, NOT_TEXT)
            or "toctree-wrapper" in child["classes"]
        ):
            continue
        elif _has_anchor(child):
            inner.append(child)
        elif isinstance(child, nodes.raw):
            yield TAG.sub(" ", child.astext()) if "html" in child["format"] else ""
        elif isinstance(child, nodes.image):
            yield child.get("alt", "")
        elif isinstance(child, nodes.TextElement):
            yield child.astext()
        else:
            yield from _texts(child, inner)


def _is_left_out(node: nodes.Element) -> bool:
    return isinstance(node, NOT_TEXT) or "toctree-wrapper" in node["classes"]


def _names(node: nodes.Element, inner: list[nodes.Element]) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, nodes.Element) and child not in inner:
            if isinstance(child, nodes.literal) and "py" in child["classes"]:
                yield child.astext().removesuffix("()")
            yield from _names(child, inner)


def _has_anchor(node: nodes.Element) -> bool:
    if isinstance(node, (nodes.section, *EXERCISES)):
        return bool(set(node["ids"]) - NO_SECTIONS)
    return _term(node) is not None


def _term(node: nodes.Element) -> nodes.term | None:
    """What a glossary's entry explains, since that has an anchor."""
    if not isinstance(node, nodes.definition_list_item):
        return None
    term = next(iter(node.findall(nodes.term)), None)
    return term if term is not None and term["ids"] else None


def _plain(text: str) -> str:
    return " ".join(text.split())
