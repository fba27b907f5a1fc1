"""The one description of what a page's examples are: the Sybil that all who run pages use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sybil import Document, Example, Region, Sybil
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.myst import SkipParser

from tested_pages import evaluators
from tested_pages.fences import Fence, fences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tested_pages.page_run import PageRun
    from tested_pages.results import Kind

Version: TypeAlias = tuple[int, int]

# Languages of fences that are shown and not run, since nothing there could be.
SHOWN_LANGUAGES = frozenset(
    {"text", "toml", "yaml", "json", "ini", "html", "css", "javascript", "markdown", "http"}
)
SHOWN_CODE_DIRECTIVES = frozenset({"code-block", "code", "sourcecode", "code-cell"})
SESSION_LINE = re.compile(r"\s*(>>> |\$ )")
STRAY_SESSION = re.compile(r"[ >]*>>>( |$)")
SKIP = re.compile(
    r"\s*(?:%|<!--+)\s*;?\s*skip\s*:\s*(?P<action>\w+)\s*(?P<reason>.*?)\s*(?:--+>)?$"
)

HOW_TO_RUN = (
    "write ```python for Python, ```{terminal} NAME for programs,"
    " or ```text for what is not meant to run"
)


@dataclass(frozen=True)
class OlderOutput:
    """What a `{before}` fence shows: the output of Pythons older than `before`.

    Attributes:
        before: The first version that no longer prints it.
        want: What those before it print.
        line: The page's line (1-based) where `want` begins.
    """

    before: Version
    want: str
    line: int


@dataclass(frozen=True)
class PageExample:
    """What a parser found and an evaluator runs.

    Attributes:
        kind: What sort of example it is.
        fence: The fence that holds it.
        line: The page's line (1-based) where it begins.
        source: Python source; "" for other kinds.
        want: What a session shows below `source`.
        since: The oldest Python that can run it.
        older: What older Pythons print instead of `want`.
    """

    kind: Kind
    fence: Fence
    line: int
    source: str = ""
    want: str = ""
    since: Version = (0, 0)
    older: tuple[OlderOutput, ...] = ()


class Page(Document):
    """A Markdown page whose examples run within a `PageRun`."""

    run: PageRun


def pages_sybil(docs: Path) -> Sybil:
    """The Sybil for all pages below `docs`."""
    return Sybil(
        parsers=[find_examples, SkipParser()],
        patterns=["**/*.md"],
        path=str(docs.resolve()),
        document_types={".md": Page},
    )


def find_examples(document: Document) -> Iterator[Region]:
    """A Sybil parser: a region for each example, and for each fence that only looks like one."""
    text = document.text
    offsets = _line_offsets(text)
    found = list(fences(text))

    def region(example: PageExample, last_line: int, evaluate: Callable[[Example], None]) -> Region:
        end = offsets[min(last_line, len(offsets) - 1)]
        return Region(offsets[example.line - 1], end, example, evaluate)

    for fence, older_fences in _with_older_output(found):
        problem = _problem(fence)
        examples: list[PageExample] = []
        if not problem and _is_python(fence):
            try:
                examples = list(_python_examples(fence, older_fences))
            except ValueError as error:
                problem = f"this session cannot be read: {error}"
        if problem:
            evaluate = evaluators.complaint(problem)
            example = PageExample("fence", fence, fence.line)
            yield region(example, fence.line, evaluate)
        for example in examples:
            lines = len((example.source + example.want).splitlines())
            yield region(example, example.line + lines - 1, evaluators.PYTHON[example.kind])
        if fence.directive in evaluators.DIRECTIVES and not problem:
            kind, evaluate = evaluators.DIRECTIVES[fence.directive]
            yield region(PageExample(kind, fence, fence.line), fence.last_line, evaluate)
    yield from _complaints_outside_fences(text, found)


def _with_older_output(found: list[Fence]) -> Iterator[tuple[Fence, list[Fence]]]:
    """Each fence with the `{before}` fences that follow it directly."""
    position = 0
    while position < len(found):
        fence = found[position]
        older = list(takewhile(lambda other: other.directive == "before", found[position + 1 :]))
        yield fence, older if _is_python(fence) else []
        position += 1 + (len(older) if _is_python(fence) else 0)


def _python_examples(fence: Fence, older_fences: list[Fence]) -> Iterator[PageExample]:
    """The examples of a fence.

    Raises:
        ValueError: The fence, or what it says of Python versions, cannot be read.
    """
    is_python2 = fence.argument == "python2"
    since = _version(fence) if fence.directive == "since" else (0, 0)
    if not fence.body.startswith(">>>"):
        kind: Kind = "python2" if is_python2 else "code"
        yield PageExample(kind, fence, fence.body_line, fence.body, since=since)
        return
    older: dict[str, list[OlderOutput]] = {}
    for older_fence in older_fences:
        for prompt in _prompts(older_fence):
            output = OlderOutput(_version(older_fence), prompt.want, prompt.line)
            older.setdefault(prompt.source, []).append(output)
    kind = "python2" if is_python2 else "session"
    for prompt in _prompts(fence):
        others = sorted(older.pop(prompt.source, []), key=lambda output: output.before)
        yield PageExample(
            kind, fence, prompt.line, prompt.source, prompt.want, since, tuple(others)
        )
    if older:
        raise ValueError(f"a {{before}} fence shows {next(iter(older))!r}, which this one does not")


class _Prompt(NamedTuple):
    line: int
    source: str
    want: str


def _prompts(fence: Fence) -> list[_Prompt]:
    examples = [region.parsed for region in DocTestStringParser()(fence.body, "page")]
    return [
        _Prompt(fence.body_line + example.lineno, example.source, example.want)
        for example in examples
    ]


def _version(fence: Fence) -> Version:
    major, point, minor = fence.argument.partition(".")
    if not (major.isdecimal() and point and minor.isdecimal()):
        raise ValueError(f"{{{fence.directive}}} needs a version of Python, such as 3.13")
    return int(major), int(minor)


def _is_python(fence: Fence) -> bool:
    return fence.directive == "since" or fence.info in {"python", "python2"}


def _problem(fence: Fence) -> str:
    if fence.is_indented:
        return f"an indented block of code is not run; {HOW_TO_RUN}"
    if not fence.is_closed:
        return f"the fence “{fence.info}” is never closed"
    if fence.directive == "terminal" and not fence.argument:
        return "a terminal needs a name: ```{terminal} server"
    if fence.directive == "eval-rst":
        return "what stands in an eval-rst fence is not run; write Markdown"
    if fence.directive in SHOWN_CODE_DIRECTIVES:
        is_shown = fence.argument in SHOWN_LANGUAGES
    elif fence.directive == "before":
        return "a {before} fence follows the session whose older output it shows"
    elif fence.directive:
        return ""
    else:
        if _is_python(fence):
            return ""
        is_shown = fence.info in SHOWN_LANGUAGES
    if not is_shown:
        return f"the fence “{fence.info}” is not run; {HOW_TO_RUN}"
    if any(SESSION_LINE.match(line) for line in fence.body.splitlines()):
        return f"what looks like a session in a “{fence.info}” fence is not run; {HOW_TO_RUN}"
    return ""


def _complaints_outside_fences(text: str, found: list[Fence]) -> Iterator[Region]:
    inside: set[int] = set()
    for fence in found:
        inside.update(range(fence.line, fence.last_line + 1))
    open_skip: tuple[int, str] | None = None

    def complain(number: int, problem: str) -> Region:
        fence = Fence(number, "", "", "", {}, "", number)
        example = PageExample("fence", fence, number)
        # At the page's start, where no skip comes before it and no example overlaps it.
        return Region(0, 0, example, evaluators.complaint(problem))

    for number, line in enumerate(text.splitlines(), 1):
        if number in inside:
            continue
        if STRAY_SESSION.match(line):
            yield complain(number, f"a session outside of a fence is not run; {HOW_TO_RUN}")
        skip = SKIP.match(line)
        if skip is None:
            continue
        if skip["action"] == "end":
            open_skip = None
        elif not skip["reason"]:
            yield complain(number, 'a skip needs a reason: % skip: next "needs a microphone"')
        if skip["action"] == "start":
            open_skip = (number, line)
    if open_skip:
        yield complain(open_skip[0], "this skip never ends; write % skip: end after what it skips")


def _line_offsets(text: str) -> list[int]:
    """Where each line begins, and the end of the text."""
    offsets = [0]
    for line in text.splitlines(keepends=True):
        offsets.append(offsets[-1] + len(line))
    return offsets
