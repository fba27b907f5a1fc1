"""Mutants of what a page shows as printed: each line changed, doubled, left out."""

import sys
from itertools import islice

from changed_text import first_difference, is_ellipsis, with_other_character
from listing_runs import scene_of
from mutant import Free, Mutant, exactly, lines_between
from shown_terminals import TRACEBACK, programs, terminal_streams

from tested_pages.fences import fences
from tested_pages.transcript import Typed

ANY_LINES = "a line ... stands for any number of lines"
TYPED = "typed, not printed"
OTHER_VERSION = "shown for another version of Python"


def output_mutants(page):
    """All of a page, and what of its output is free."""
    for example in page.examples:
        if example.kind in {"session", "python2"}:
            yield from _of_session(page, example)
    streams = terminal_streams(page.fences, page.result)
    started = programs(streams)
    for name, steps in streams.items():
        yield from _of_terminal(page, name, steps, started)


def _of_session(page, example):
    want, prompt_line = example.want, example.line
    for older in example.older:
        if sys.version_info < older.before:
            want, prompt_line = older.want, older.line
            break
    lines = want.splitlines()
    first_line = prompt_line + example.source.count("\n")
    shown = [(example.want, example.line), *((older.want, older.line) for older in example.older)]
    for other_want, line in shown:
        if line != prompt_line:
            for _ in other_want.splitlines():
                yield Free(page.docname, line, OTHER_VERSION)
    not_run = page.reason_not_run(example.line)
    if not_run:
        for index in range(len(lines)):
            yield Free(page.docname, first_line + index, not_run)
        return

    def mutant(index, change, text, mutated):
        """The first failure is where the lines begin to differ, or at the last of them."""
        different = min(first_difference(lines, mutated), len(mutated) - 1)
        right = exactly(first_line + different)
        if not mutated:
            right = lines_between(example.line, first_line)
        if is_of_traceback(index):
            right = lines_between(first_line, first_line + len(lines))
        return Mutant(page.docname, first_line + index, f"output {change}", text, right)

    def is_of_traceback(index):
        """Whether these `...` are those of a traceback, whose first and last line must stand."""
        return lines[0] == TRACEBACK and index in {0, len(lines) - 1}

    for index, line in enumerate(lines):
        number = first_line + index
        changed = with_other_character(line, len(line))
        text = page.with_end_of_line(number, line, changed)
        yield mutant(index, "changed", text, [*lines[:index], changed, *lines[index + 1 :]])
        if is_ellipsis(line):
            yield Free(page.docname, number, ANY_LINES)
            continue
        text = page.with_line_doubled(number)
        yield mutant(index, "doubled", text, [*lines[: index + 1], *lines[index:]])
        neighbours = lines[max(0, index - 1) : index + 2]
        if any(map(is_ellipsis, neighbours)) and not is_of_traceback(index):
            yield Free(page.docname, number, ANY_LINES)
        else:
            text = page.without_line(number)
            yield mutant(index, "left out", text, [*lines[:index], *lines[index + 1 :]])


def _of_terminal(page, name, steps, started):
    found = {shown.line: program for program in started for shown in program.steps}
    of_tracebacks = _lines_of_tracebacks(started)

    def mutant(change, text, right_lines):
        return Mutant(page.docname, shown.line, change, text, right_lines)

    for index, shown in enumerate(steps):
        number = shown.line
        if isinstance(shown.step, Typed):
            yield Free(page.docname, number, TYPED)
        if shown.presses_key:
            # The program goes on, and perhaps one beside it waits for its end.
            text = page.without_line(number)
            _, end = scene_of(found[number], started)
            right = lines_between(steps[index - 1].line, end)
            yield mutant("key left out", text, right)
        if not shown.is_output:
            continue
        line = shown.step.text
        changed = with_other_character(line, len(line) - len(shown.typed))
        text = page.with_end_of_line(number, line, changed)
        yield mutant("output changed", text, exactly(number))
        if shown.typed:
            # With another input the page is as true as before, only of another run.
            yield Free(page.docname, number, TYPED)
            continue
        if shown.is_elided:
            yield Free(page.docname, number, ANY_LINES)
            continue
        text = page.with_line_doubled(number)
        yield mutant("output doubled", text, exactly(_first_different_line(text, name, steps)))
        neighbours = steps[max(0, index - 1) : index + 2]
        text = page.without_line(number)
        if number in of_tracebacks:
            right = lines_between(number - 1, found[number].last_line)
            yield mutant("output left out", text, right)
        elif any(neighbour.is_elided for neighbour in neighbours):
            yield Free(page.docname, number, ANY_LINES)
        else:
            yield mutant("output left out", text, _around_what_is_gone(text, name, steps))


def _lines_of_tracebacks(found):
    """The lines of tracebacks that must stand although there are dots beside them.

    That is the last one, which names the error, and the first one unless ^C ended the program:
    then nothing else has to tell why it failed.
    """
    lines = set()
    for program in found:
        starts = [index for index, shown in enumerate(program.steps) if shown.begins_traceback]
        for start in starts:
            if not program.is_interrupted:
                lines.add(program.steps[start].line)
            rest = program.steps[start + 1 :]
            errors = (shown for shown in rest if shown.is_output and _names_error(shown))
            lines.update(shown.line for shown in islice(errors, 1))
    return lines


def _names_error(shown):
    return not shown.is_elided and not shown.step.text.startswith(" ")


def _first_different_line(text, name, steps):
    stream = terminal_streams(fences(text))[name]
    different = first_difference(_texts(steps), _texts(stream))
    return stream[min(different, len(stream) - 1)].line


def _around_what_is_gone(text, name, steps):
    """From the terminal's line before to its next one, with what other terminals show between.

    A line that a program printed and that is not shown is noticed when the page looks at this
    terminal again, or earlier if it was the line that told that a server is ready.
    """
    stream = terminal_streams(fences(text))[name]
    different = first_difference(_texts(steps), _texts(stream))
    end = stream[different].line if different < len(stream) else len(text.splitlines())
    return lines_between(stream[different - 1].line, end)


def _texts(stream):
    return [(type(shown.step), getattr(shown.step, "text", "")) for shown in stream]
