"""Mutants of the fences themselves: looked at as before, but not what the machine runs."""

from collections import defaultdict
from itertools import count, pairwise

from mutant import Mutant, lines_between
from shown_terminals import terminal_streams

from tested_pages.fences import fences

LOOKS_LIKE_SESSION = (">>> ", "$ ")
PYTHON = ("pycon", "py", "Python", "python3", "python repl", "{code-block} python", "console")
PYTHON2 = ("Python2", "py2", "python2.7", "python2 repl", "{code-block} python2")
TERMINAL = ("terminal", "console", "terminal {name}", "{{terminal}}", "{{code-block}} console")


def renaming_mutants(page):
    """All of a page."""
    numbers = defaultdict(count)
    for fence in page.fences:
        if fence.is_indented:
            continue
        for info in _look_alikes(fence, next(numbers[fence.directive or fence.info])):
            text = page.with_end_of_line(fence.line, fence.info, info)
            change = f"“{fence.info}” becomes “{info}”"
            yield Mutant(page.docname, fence.line, change, text, _places(page, fence))
        is_shown = fence.directive and not fence.holds_markdown
        if is_shown and next(numbers[fence.directive, "unknown"]) == 0:
            yield _unknown(page, fence)
        if _is_python(fence) or fence.directive == "terminal":
            yield _never_closed(page, fence)
            yield _indented(page, fence)


def _look_alikes(fence, number):
    """All of them for the first fence of its kind, and then one after the other."""
    if fence.info == "python":
        infos = PYTHON
    elif fence.info == "python2":
        infos = PYTHON2
    elif fence.directive == "terminal":
        infos = [info.format(name=fence.argument) for info in TERMINAL]
    elif fence.directive in {"wire", "references"}:
        infos = [fence.directive]
    else:
        return []
    chosen = list(infos if number == 0 else infos[number % len(infos) :][:1])
    if fence.body.startswith(LOOKS_LIKE_SESSION):
        chosen.append("text")
    return chosen


def _is_python(fence):
    return fence.info in {"python", "python2"}


def _places(page, fence, last_line=0):
    """The fence's first line, or where its terminal stood before.

    What a terminal prints and no fence shows any more is reported at its last line, and is the
    first failure of the page.

    Args:
        page: The page.
        fence: The fence that is none any more.
        last_line: The last line of what it swallows, if it swallows others.
    """
    lines = {fence.line}
    for steps in terminal_streams(page.fences).values():
        for before, shown in pairwise(steps):
            if before.fence.line < fence.line <= shown.line <= max(last_line, fence.last_line):
                lines.add(before.line)
    return sorted(lines)


def _unknown(page, fence):
    """A directive that Sphinx does not know; the machine may say more of what stands in it."""
    info = fence.info.replace("}", "x}", 1)
    text = page.with_end_of_line(fence.line, fence.info, info)
    change = f"“{fence.info}” becomes “{info}”"
    right = lines_between(fence.line, fence.last_line)
    return Mutant(page.docname, fence.line, change, text, right, for_sphinx=True)


def _never_closed(page, fence):
    """The fence swallows what follows, up to the next line that would close it."""
    text = page.without_line(fence.last_line)
    [swallowing] = [other for other in fences(text) if other.line == fence.line]
    inside = lines_between(fence.line, swallowing.last_line)
    right = sorted({*inside, *_places(page, fence, swallowing.last_line)})
    return Mutant(page.docname, fence.line, "never closed", text, right)


def _indented(page, fence):
    """The fence's marks are gone, and its text is indented instead."""
    body = page.lines[fence.body_line - 1 : fence.last_line - 1]
    lines = [f"    {line}" if line else "" for line in body]
    gap = [""] * (fence.body_line - fence.line)
    text = page.with_lines(fence.line, fence.last_line, *gap, *lines, "")
    right = sorted({fence.body_line, *_places(page, fence)} - {fence.line})
    return Mutant(page.docname, fence.line, "indented instead of fenced", text, right)
