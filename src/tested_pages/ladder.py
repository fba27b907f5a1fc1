"""The directive `{ladder}`: the order in which programs call and answer each other, in general.

Each line of its text is a row of the picture, from top to bottom:

    server: socket()
    server: recvfrom() waits
    client -> server: sendto(data, address) -> recvfrom() returns
    client -> server [request]: send(data) -> recv() returns

A program and what it does; or who sends whom, by which call, received by which other, and in
brackets what is sent. Code comes first in each and is what ends with its closing bracket; plain
words may follow it, or stand alone. A call that `waits` does so until something is sent to its
program, or its program does something else. Empty lines and lines that begin with `#` count for
nothing. The programs' lanes come in the order in which the text first names them, or as the
option `programs` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from tested_pages.wire_picture import (
    Picture,
    Row,
    names_in,
    picture_node,
    setup_pictures,
    with_lanes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils import nodes
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

NAME = r"[^\W\d][\w.-]*(?: [\w.-]+)*"
ARROW = r"(?:->|→)"
LINE = re.compile(
    rf"(?P<who>{NAME})\s*(?:{ARROW}\s*(?P<to>{NAME})\s*)?"
    r"(?:\[(?P<what>[^\]]+)\]\s*)?:\s*(?P<does>.+)"
)
CALL = re.compile(r"(?P<call>\w[\w.]*\(.*\))?\s*(?P<words>.*)")
EXPECTED = "expected `program: call() words`, or `program -> program: call() -> call() words`"


class LadderError(Exception):
    """A line that cannot be read.

    Attributes:
        number: The line, counted from 1 in the text.
    """

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number


@dataclass(frozen=True)
class Rung:
    """One line of the text.

    Attributes:
        who: The program that does something.
        to: The program that it sends to; empty if it sends nothing.
        what: What it sends, in words; empty if that is left open.
        does: Its call as code, and words that follow.
        receives: The receiver's call as code, and words that follow; both may be empty.
    """

    who: str
    to: str
    what: str
    does: tuple[str, str]
    receives: tuple[str, str]


def read_rung(line: str) -> Rung:
    """Read one line.

    Raises:
        ValueError: If it says something else than what one program does or sends.
    """
    found = LINE.fullmatch(line)
    if not found:
        raise ValueError(f"cannot read {line!r}; {EXPECTED}")
    to = found["to"] or ""
    does, *received = re.split(rf"\s+{ARROW}\s+", found["does"])
    if len(received) > 1:
        raise ValueError(f"{line!r} has more than one receiving call; {EXPECTED}")
    if received and not to:
        raise ValueError(f"{line!r} does not say who receives; {EXPECTED}")
    if found["what"] and not to:
        raise ValueError(f"{line!r} sends {found['what']!r} to nobody; {EXPECTED}")
    if to == found["who"]:
        raise ValueError(f"in {line!r} {to} sends to itself; {EXPECTED}")
    receives = _call_and_words(received[0]) if received else ("", "")
    return Rung(found["who"], to, found["what"] or "", _call_and_words(does), receives)


def _call_and_words(text: str) -> tuple[str, str]:
    found = CALL.fullmatch(text.strip())
    assert found  # both parts may be empty
    return found["call"] or "", found["words"]


def read_ladder(lines: Iterable[str]) -> tuple[Picture, list[LadderError]]:
    """Read the text of a ladder.

    Args:
        lines: Its lines.

    Returns:
        The picture of all lines that can be read, and what is wrong with the others.
    """
    rungs, errors = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            rungs.append(read_rung(line.strip()))
        except ValueError as error:
            errors.append(LadderError(number, str(error)))
    names = dict.fromkeys(name for rung in rungs for name in (rung.who, rung.to) if name)
    lanes = list(names)
    return Picture(tuple(lanes), tuple(_rows(rungs, lanes))), errors


def _rows(rungs: Iterable[Rung], lanes: list[str]) -> Iterable[Row]:
    waiting: set[int] = set()
    for rung in rungs:
        lane = lanes.index(rung.who)
        (call, words), (received, received_words) = rung.does, rung.receives
        row = Row(lane, call=call, words=words, what=rung.what)
        over = {lane}
        if rung.to:
            to = lanes.index(rung.to)
            over.add(to)
            row = replace(row, to=to, received=received, received_words=received_words)
        over &= waiting
        waiting -= over
        row = replace(row, waiting=tuple(sorted(waiting)), returned=tuple(sorted(over)))
        if words == "waits":
            waiting.add(lane)
            row = replace(row, outcome="waits")
        yield row


class LadderDirective(SphinxDirective):
    """Draws calls from a description of their order."""

    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], object]]] = {
        "programs": directives.unchanged_required,
        "caption": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """The picture, with a warning for each line that is not part of it."""
        picture, errors = read_ladder(self.content)
        if not picture.rows and not errors:
            logger.warning("ladder: nothing to draw; %s", EXPECTED, location=self.get_location())
        for error in errors:
            # MyST counts the content's offset from the fence.
            line = self.lineno + self.content_offset + error.number
            location = (self.env.current_document.docname, line)
            logger.warning("ladder: %s", error, location=location)
        if names := names_in(self.options.get("programs", "")):
            try:
                picture = with_lanes(picture, names)
            except ValueError as error:
                logger.warning("ladder: %s", error, location=self.get_location())
        caption, messages = self.parse_inline(self.options.get("caption", ""))
        node = picture_node(picture, caption, css_class="wire-ladder")
        self.set_source_info(node)
        return [node, *messages]


def setup_ladder(app: Sphinx) -> None:
    """Registers the directive."""
    setup_pictures(app)
    app.add_directive("ladder", LadderDirective)
