"""What of a page its examples are, so that a page need not run again for edited prose.

Prose may move examples up and down: the result of a run is then the same, at other lines.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tested_pages.code_folder import FRONT_MATTER
from tested_pages.fences import fences, follows_directly
from tested_pages.pages import SKIP
from tested_pages.python2 import find_python2
from tested_pages.results import PageResult

if TYPE_CHECKING:
    from pathlib import Path

    from tested_pages.results import ExampleResult

APART = "apart"


@dataclass(frozen=True)
class ExampleLines:
    """The lines of a page on which its examples depend.

    Attributes:
        digest: Changes with the lines' text, and with what stands next to what.
        numbers: The lines' numbers on the page (1-based), in order.
    """

    digest: str
    numbers: list[int]


def example_lines(text: str, path: Path) -> ExampleLines:
    """The lines of a page's Markdown that are more than prose.

    Args:
        text: The Markdown.
        path: Its file. A page that shows its own name is taken as a whole: line numbers may follow.
    """
    lines = text.split("\n")
    front_matter = FRONT_MATTER.match(text)
    kept = dict.fromkeys(range(1, front_matter[0].count("\n") + 2) if front_matter else (), "")
    earlier = None
    for fence in fences(text):
        # What holds Markdown may stand between two examples, but what it says does not matter.
        last = fence.line if fence.holds_markdown else fence.last_line
        kept |= dict.fromkeys(range(fence.line, last + 1), "")
        if earlier and not follows_directly(fence, earlier, lines):
            kept[fence.line] = APART
        earlier = fence
    skips = [number for number, line in enumerate(lines, 1) if SKIP.fullmatch(line)]
    kept |= {number: "" for number in skips if number not in kept}
    numbers = [number for number in sorted(kept) if number <= len(lines)]
    said: list[Any] = [(kept[number], lines[number - 1]) for number in numbers]
    if any(path.name in line for _, line in said):
        said.append(numbers)
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()
    return ExampleLines(digest, numbers)


def result_as_text(result: PageResult, lines: ExampleLines) -> str:
    """A result without failures, to be kept with the lines that it is of."""
    values = {"digest": lines.digest, "numbers": lines.numbers, "result": result.as_json()}
    return json.dumps(values)


def unchanged_result(text: str, lines: ExampleLines) -> PageResult | None:
    """A kept result at the lines that the page has now; None if its examples are not the same.

    Nor if some of them could not be run, and it may be that they can today.
    """
    values = json.loads(text)
    if values["digest"] != lines.digest:
        return None
    result = PageResult.from_json(values["result"])
    now = dict(zip(values["numbers"], lines.numbers, strict=True))
    if any(_may_differ(example) or example.line not in now for example in result.examples):
        return None
    examples = [
        replace(example, fence_line=now[example.fence_line], line=now[example.line])
        for example in result.examples
    ]
    return replace(result, examples=examples)


def _may_differ(example: ExampleResult) -> bool:
    if example.outcome == "not run" and example.kind == "python2":
        return find_python2(os.environ) is not None
    return example.outcome != "passed"
