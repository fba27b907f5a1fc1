"""Mutants of the code that a page runs in its own namespace, and of the names that it draws."""

import dis
import inspect

from broken_listings import lines_of_example
from mutant import Mutant, exactly, lines_between

RAISE = "raise RuntimeError('broken')"
UNKNOWN_NAME = "name_that_is_nowhere"


def fence_mutants(page):
    """All of a page."""
    codes = [example for example in page.examples if example.kind in {"session", "code"}]
    for position, example in enumerate(codes):
        if page.reason_not_run(example.line):
            continue
        yield from _broken(page, example)
        yield from _left_out(page, example, codes, position)
    for fence in page.fences:
        if fence.directive == "references":
            text = page.with_end_of_line(fence.line, fence.info, f"{fence.info} {UNKNOWN_NAME}")
            change = "a name that is nowhere"
            yield Mutant(page.docname, fence.line, change, text, exactly(fence.line))


def _broken(page, example):
    source_lines = example.source.splitlines()
    last = example.line + len(source_lines) - 1
    right = lines_of_example(example)
    is_session = example.kind == "session"
    prompt = ">>> " if is_session else ""
    indentation = _indentation(page, example, prompt + source_lines[0])

    def mutant(change, first, last, code):
        text = page.with_lines(first, last, f"{indentation}{prompt}{code}")
        return Mutant(page.docname, example.line, change, text, right)

    yield mutant("raises", example.line, last if is_session else example.line - 1, RAISE)
    yield mutant("syntax error", example.line, last if is_session else example.line - 1, "def")
    if not is_session:
        yield mutant("prints a line more", example.line, example.line - 1, "print('more')")


def _left_out(page, example, codes, position):
    """The code is not there; those that need a name that it alone binds are to notice."""
    bound = _bound_names(example.source)
    for other in codes[:position]:
        bound -= _bound_names(other.source)
    users = (other for other in codes[position + 1 :] if bound & _used_names(other.source))
    later = next(users, None)
    if later is None:
        return
    count = len(lines_of_example(example))
    text = page.with_lines(example.line, example.line + count - 1)
    # What the code did besides may be missed before.
    right = lines_between(example.fence.line, max(lines_of_example(later)) - count)
    yield Mutant(page.docname, example.line, "code left out", text, right)


def _indentation(page, example, text):
    line = page.lines[example.line - 1]
    return line[: len(line) - len(text)]


def _bound_names(source):
    """The page's names that a piece of code binds."""
    return _names(compile(source, "page", "exec"), {"STORE_NAME", "STORE_GLOBAL"})


def _used_names(source):
    """The page's names that a piece of code uses, within functions too."""
    codes = [compile(source, "page", "exec")]
    used = set()
    while codes:
        code = codes.pop()
        used |= _names(code, {"LOAD_NAME", "LOAD_GLOBAL"})
        codes += filter(inspect.iscode, code.co_consts)
    return used


def _names(code, operations):
    # Not of a symbol table, where names within comprehensions count as the page's from 3.12 on.
    return {
        instruction.argval
        for instruction in dis.get_instructions(code)
        if instruction.opname in operations
    }
