"""The one description of what a page's examples are: the Sybil that all who run pages use."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sybil import Document, Example, Region, Sybil
from sybil.evaluators.skip import Skipper
from sybil.parsers.abstract.doctest import DocTestStringParser

from tested_pages import evaluators
from tested_pages.fences import Fence, comment_lines, fences
from tested_pages.page_task import PAGE_ENCODING

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
# What other tools have as directives for code that runs.
OTHER_CODE_DIRECTIVES = frozenset(
    {"python", "python2", "python3", "py", "pycon", "console", "shell", "sh", "bash", "doctest"}
    | {"testcode", "prompt", "ipython", "exec", "eval-rst"}
)
SESSION_LINE = re.compile(r"\s*(>>> |\$ )")
STRAY_SESSION = re.compile(r"(?:[\s>*+-]|\d+[.)])*(?:>>>( |$)|\$ )")
PROMPT_OF_COMMENT = re.compile(r"(?:>>>|\.\.\.)\s*(?:#.*)?")
# How doctest says which line of a session it cannot read.
DOCTEST_COMPLAINT = re.compile(
    r"line (?P<line>\d+) of the docstring for page (?P<problem>.*)", re.DOTALL
)
SKIP = re.compile(r"\s*(?:%|<!--+)\s*;?\s*skip\s*:\s*(?P<action>\w*)\s*(?P<reason>.*?)\s*(?:--+>)?")
UNREAD_LINE = (
    "this line is neither typed nor compared with what is printed;"
    " an empty line within output is written <BLANKLINE>"
)
NEEDS_REASON = 'a skip needs a reason: % skip: next "needs a microphone"'

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
        line: The page's line (1-based) of the prompt.
        want_line: The page's line where `want` begins.
    """

    before: Version
    want: str
    line: int
    want_line: int


@dataclass(frozen=True)
class PageExample:
    """What a parser found and an evaluator runs.

    Attributes:
        kind: What sort of example it is.
        fence: The fence that holds it.
        line: The page's line (1-based) where it begins.
        source: Python source; "" for other kinds.
        want: What a session shows below `source`.
        want_line: The page's line where `want` begins.
        since: The oldest Python that can run it.
        older: What older Pythons print instead of `want`.
    """

    kind: Kind
    fence: Fence
    line: int
    source: str = ""
    want: str = ""
    want_line: int = 0
    since: Version = (0, 0)
    older: tuple[OlderOutput, ...] = ()


class UnreadableFence(ValueError):
    """A fence, or what it says of Python versions, cannot be read.

    Attributes:
        line: The page's line (1-based) to look at.
        problem: What is wrong, and what to do.
    """

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line
        self.problem = problem


class Page(Document):
    """A Markdown page whose examples run within a `PageRun`."""

    run: PageRun


@cache
def pages_sybil(docs: Path) -> Sybil:
    """The Sybil for all pages below `docs`, for those who look for pages themselves."""
    return Sybil(
        parsers=[find_examples],
        patterns=["**/*.md"],
        path=str(docs.resolve()),
        document_types={".md": Page},
        encoding=PAGE_ENCODING,
    )


def parse_page(path: Path) -> Page:
    """A page with its examples, as `pages_sybil` parses it.

    To make a Sybil takes longer than to parse many a page.
    """
    page = Page.parse(str(path), find_examples, encoding=PAGE_ENCODING)
    assert isinstance(page, Page)
    return page


def find_examples(document: Document) -> Iterator[Region]:
    """A Sybil parser: a region for each example, and for each fence that only looks like one."""
    text = document.text
    offsets = _line_offsets(text)
    found = list(fences(text))
    last_lines_of_examples = []
    for fence, older_fences in _with_older_output(found):
        problem, line = _problem(fence), fence.line
        examples: list[PageExample] = []
        complaints: list[tuple[int, str]] = []
        if not problem and _is_python(fence):
            try:
                examples = list(_python_examples(fence, older_fences))
                for session in (fence, *older_fences):
                    complaints += _unread_lines(session)
            except UnreadableFence as error:
                problem, line = error.problem, error.line
        if problem:
            complaints = [(line, problem)]
        for line, complaint in complaints:
            example = PageExample("fence", fence, line)
            yield _region(offsets, example, line, evaluators.complaint(complaint))
        for example in examples:
            last_line = max(example.line, example.want_line + example.want.count("\n") - 1)
            if not example.want_line:
                last_line = fence.last_line - 1
            yield _region(offsets, example, last_line, evaluators.PYTHON[example.kind])
        is_directive = fence.directive in evaluators.DIRECTIVES and not problem
        if is_directive:
            kind, evaluate = evaluators.DIRECTIVES[fence.directive]
            example = PageExample(kind, fence, fence.line)
            yield _region(offsets, example, fence.last_line - 1, evaluate)
        if problem or examples or is_directive:
            last_lines_of_examples.append(fence.last_line)
    yield from _outside_fences(text, found, offsets, last_lines_of_examples)


def _region(
    offsets: list[int], example: PageExample, last_line: int, evaluate: Callable[[Example], None]
) -> Region:
    end = offsets[min(last_line, len(offsets) - 1)]
    return Region(offsets[example.line - 1], end, example, evaluate)


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
        UnreadableFence: It, or what it says of Python versions, cannot be read.
    """
    is_python2 = fence.argument == "python2"
    since = _version(fence) if fence.directive == "since" else (0, 0)
    if not fence.body.strip():
        raise UnreadableFence(fence.line, "this fence is empty")
    if not fence.body.startswith(">>>"):
        if fence.body.lstrip().startswith(">>>"):
            raise UnreadableFence(
                fence.line, "a session begins with >>> in the first line and column of its fence"
            )
        kind: Kind = "python2" if is_python2 else "code"
        yield PageExample(kind, fence, fence.body_line, fence.body, since=since)
        return
    older: dict[str, list[OlderOutput]] = {}
    for older_fence in older_fences:
        for prompt in _prompts(older_fence):
            output = OlderOutput(_version(older_fence), prompt.want, prompt.line, prompt.want_line)
            older.setdefault(prompt.source, []).append(output)
    kind = "python2" if is_python2 else "session"
    for prompt in _prompts(fence):
        others = sorted(older.pop(prompt.source, []), key=lambda output: output.before)
        yield PageExample(
            kind,
            fence,
            prompt.line,
            prompt.source,
            prompt.want,
            prompt.want_line,
            since,
            tuple(others),
        )
    if older:
        [source, [output, *_]] = next(iter(older.items()))
        raise UnreadableFence(
            output.line, f"this {{before}} fence shows {source!r}, which the one before it does not"
        )


class _Prompt(NamedTuple):
    line: int
    source: str
    want: str
    want_line: int


def _prompts(fence: Fence) -> list[_Prompt]:
    try:
        examples = [region.parsed for region in DocTestStringParser()(fence.body, "page")]
    except ValueError as error:
        found = DOCTEST_COMPLAINT.fullmatch(str(error))
        line = fence.body_line + int(found["line"]) - 1 if found else fence.line
        problem = found["problem"] if found else str(error)
        raise UnreadableFence(line, f"this session cannot be read: it {problem}") from error
    lines = fence.body.split("\n")
    prompts = []
    for example in examples:
        # Counted on the page: the source of a block lacks the bare `...` that ends it.
        below = lines[example.lineno + 1 :]
        count = 1 + sum(1 for _ in takewhile(lambda line: line.startswith("..."), below))
        line = fence.body_line + example.lineno
        prompts.append(_Prompt(line, example.source, example.want, line + count))
    return prompts


def _unread_lines(fence: Fence) -> Iterator[tuple[int, str]]:
    """Lines of a session that belong to no prompt, which doctest passes over in silence."""
    if not fence.body.startswith(">>>"):
        return
    read: set[int] = set()
    for prompt in _prompts(fence):
        read.update(range(prompt.line, prompt.want_line + prompt.want.count("\n")))
    for number, line in enumerate(fence.body.split("\n"), fence.body_line):
        if line.strip() and number not in read and not PROMPT_OF_COMMENT.fullmatch(line):
            yield number, UNREAD_LINE


def _version(fence: Fence) -> Version:
    major, point, minor = fence.argument.partition(".")
    if not (major.isdecimal() and point and minor.isdecimal()):
        raise UnreadableFence(
            fence.line, f"{{{fence.directive}}} needs a version of Python, such as 3.13"
        )
    return int(major), int(minor)


def _is_python(fence: Fence) -> bool:
    return fence.directive == "since" or fence.info in {"python", "python2"}


def _problem(fence: Fence) -> str:
    if fence.is_indented:
        return f"an indented block of code is not run; {HOW_TO_RUN}"
    if not fence.is_closed:
        return f"the fence “{fence.info}” is never closed"
    if fence.directive == "terminal":
        return _problem_of_terminal(fence)
    name = fence.directive.lower()
    if name in OTHER_CODE_DIRECTIVES or (
        name in evaluators.DIRECTIVES and fence.directive not in evaluators.DIRECTIVES
    ):
        return f"the fence “{fence.info}” is not run; {HOW_TO_RUN}"
    if fence.directive == "include" and not fence.options.keys() & {"literal", "code"}:
        return "what an {include} brings in is not run; write it on the page itself"
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


def _problem_of_terminal(fence: Fence) -> str:
    if not fence.argument:
        return "a terminal needs a name: ```{terminal} server"
    if fence.options:
        return f"a terminal has no option :{next(iter(fence.options))}:"
    if not fence.body.strip():
        return "this terminal is empty; write what one types and what one sees"
    return ""


def _outside_fences(
    text: str, found: list[Fence], offsets: list[int], last_lines_of_examples: list[int]
) -> Iterator[Region]:
    """Regions for skips, and for what is wrong with them or looks like a session."""
    literal: set[int] = set()
    for fence in found:
        if not fence.holds_markdown:
            literal.update(range(fence.line, fence.last_line + 1))
    comments = comment_lines(text)
    skipper = Skipper("skip")
    began = 0

    def complain(number: int, problem: str) -> Region:
        fence = Fence(number, "", "", "", {}, "", number)
        example = PageExample("fence", fence, number)
        # At the page's start, where no skip comes before it and no example overlaps it.
        return Region(0, 0, example, evaluators.complaint(problem))

    def at(line: int, action: str, reason: str | None) -> Region:
        start = offsets[min(line, len(offsets)) - 1]
        return Region(start, start, (action, reason), skipper)

    for number, line in enumerate(text.split("\n"), 1):
        if number in literal:
            continue
        skip = SKIP.fullmatch(line)
        if skip is None:
            if STRAY_SESSION.match(line) and number not in comments:
                yield complain(number, f"a session outside of a fence is not run; {HOW_TO_RUN}")
            continue
        problem = _problem_of_skip(skip["action"], skip["reason"], is_open=bool(began))
        if problem:
            yield complain(number, problem)
        elif skip["action"] == "next":
            # Not the next prompt only, but the fence that the reader sees as one.
            ends = [last for last in last_lines_of_examples if last > number]
            if ends:
                yield at(number, "start", skip["reason"])
                yield at(min(ends), "end", None)
            else:
                yield complain(number, "nothing follows this skip")
        else:
            yield at(number, skip["action"], skip["reason"] or None)
        if not problem and skip["action"] != "next":
            began = number if skip["action"] == "start" else 0
    if began:
        yield complain(began, "this skip never ends; write % skip: end after what it skips")


def _problem_of_skip(action: str, reason: str, *, is_open: bool) -> str:
    match action, is_open:
        case (("start" | "next"), True):
            return "this skip stands between a start and an end"
        case "end", False:
            return "no skip that has started ends here"
        case "end", _:
            return ""
        case (("start" | "next"), _):
            return "" if _gives_reason(reason) else NEEDS_REASON
    return f"“{action}” is not what a skip can do: next, start or end"


def _gives_reason(reason: str) -> bool:
    """Whether it is a text in quotes, or `if(condition, reason="a text in quotes")`."""
    try:
        expression = ast.parse(re.sub(r"^if\b", "if_", reason), mode="eval").body
    except SyntaxError:
        return False
    match expression:
        case ast.Constant(value=str(text)):
            return bool(text.strip())
        case ast.Call(func=ast.Name(id="if_"), args=[_, given], keywords=[]):
            return isinstance(given, ast.Constant) and bool(given.value)
        case ast.Call(func=ast.Name(id="if_"), args=[_], keywords=[ast.keyword(arg="reason")]):
            return True
    return False


def _line_offsets(text: str) -> list[int]:
    """Where each line begins, and the end of the text."""
    offsets = [0]
    for line in text.split("\n"):
        offsets.append(min(len(text), offsets[-1] + len(line) + 1))
    return offsets
