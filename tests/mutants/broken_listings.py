"""Mutants of the listings that a page runs: each is broken in all the ways programs break."""

import ast

from listing_runs import runs_of_listings, scene_of
from mutant import Free, Mutant, exactly, lines_between
from shown_terminals import programs, terminal_streams
from source_edits import calls, is_docstring, with_first_statement, with_replaced

ANSWERING_CALLS = frozenset({"send", "sendall", "sendto", "sendmsg"})
LISTENING_CALLS = frozenset({"bind", "create_server", "listen"})

MORE = "print('one line more')"
FOR_EVER = "__import__('threading').Event().wait()"
STATUS_1 = "(__import__('sys').stdout.flush(), __import__('os')._exit(1))"
SILENCE = "print = lambda *texts, **options: None"
AT_EXIT = "__import__('atexit').register(lambda: {})"

START_IS_ELIDED = "the first line of each run is ..., which stands for any number of lines"
END_IS_ELIDED = "the last line of each run is ..., which stands for any number of lines"
STATUS_IS_HIDDEN = "each run ends with ^C or a traceback, where the page shows no exit status"


def listing_mutants(page):
    """All of a page, and what of its listings is free."""
    started = programs(terminal_streams(page.fences, page.result))
    for listing, runs in runs_of_listings(page).items():
        source = page.listings[listing]
        places = Places(page, runs, started)

        def mutant(change, source, right_lines, line=1, *, is_figure=False, listing=listing):
            return Mutant(
                page.docname, line, change, page.text, right_lines, listing, source, is_figure
            )

        yield from _broken_at_start(source, runs, places, mutant)
        yield from _broken_at_end(source, runs, places, mutant)
        yield from _silent(source, runs, places, mutant)
        yield from _statements_left_out(source, places, mutant)


class Places:
    """The lines of a page where it is noticed that a listing of it is broken.

    Args:
        page: The page.
        runs: The runs of the listing.
        started: All programs of the page.
    """

    def __init__(self, page, runs, started):
        self.page, self.runs, self.started = page, runs, started

    def start(self):
        """Where it is noticed that the listing starts otherwise than shown."""
        if self.runs.begins_in_session:
            return lines_of_example(self.runs.sessions[0])
        first = self.runs.programs[0] if self.runs.programs else None
        if first is None or self.runs.is_imported or not first.is_shown_to_start:
            return self.scenes()
        return lines_between(first.first_line, first.steps[1].line)

    def answer(self):
        """Where it is noticed that the listing does nothing at all."""
        if self.runs.begins_in_session or not self.runs.programs:
            return self.start()
        first = self.runs.programs[0]
        if self.runs.is_imported or not first.is_shown_to_start:
            return self.scenes()
        return exactly(first.steps[1].line)

    def scenes(self):
        """Whatever happens while the listing runs."""
        lines = {line for code in self.runs.sessions for line in lines_of_example(code)}
        for run in self.runs.programs:
            first, last = scene_of(run, self.started)
            lines |= set(range(first, last + 1))
        return sorted(lines) or self.anywhere()

    def anywhere(self):
        """Any line of the page: it does not say where it runs the listing."""
        return lines_between(1, len(self.page.lines))

    def free(self, reason):
        """What need not be noticed at all, because of the first program that the listing is."""
        return Free(self.page.docname, self.runs.programs[0].first_line, reason)


def lines_of_example(example):
    """All lines of the page that an example takes."""
    count = (example.source + example.want).count("\n")
    return lines_between(example.line, example.line + max(0, count - 1))


def _broken_at_start(source, runs, places, mutant):
    last_line = source.count("\n") + 1
    yield mutant("syntax error", f"{source}def\n", places.start(), last_line)
    raising = with_first_statement(source, "raise RuntimeError('broken')")
    yield mutant("raises at its start", raising, places.start())
    yield mutant("never answers", with_first_statement(source, FOR_EVER), places.answer())
    if runs.programs and all(run.starts_elided for run in runs.programs):
        yield places.free(START_IS_ELIDED)
    else:
        more = with_first_statement(source, MORE)
        yield mutant("prints a line more at its start", more, places.start())


def _broken_at_end(source, runs, places, mutant):
    if runs.begins_in_session:
        last_line = source.count("\n") + 1
        more = f"{source}\n{MORE}\n"
        yield mutant("prints a line more at its end", more, places.start(), last_line)
        return

    def at_exit(expression):
        return with_first_statement(source, AT_EXIT.format(expression))

    ends = [run.last_line for run in runs.programs]
    yield mutant("never ends", at_exit(FOR_EVER), ends or places.anywhere())

    shown_ends = [run.last_line for run in runs.programs if not run.steps[-1].is_elided]
    if ends and not shown_ends:
        yield places.free(END_IS_ELIDED)
    else:
        right = shown_ends or places.anywhere()
        yield mutant("prints a line more at its end", at_exit(MORE), right)

    # Where the page asks for the status, it is the answer that differs.
    quiet = [run for run in runs.programs if not run.is_interrupted and not run.raises]
    shown_statuses = {shown.line for run in quiet for shown in run.asks_for_status}
    if ends and not quiet:
        yield places.free(STATUS_IS_HIDDEN)
    else:
        right = shown_statuses | {run.last_line for run in quiet}
        yield mutant("ends with status 1", at_exit(STATUS_1), right or places.anywhere())


def _silent(source, runs, places, mutant):
    prints = calls(source, {"print"})
    if prints and not runs.is_imported and any(run.shows_output for run in runs.programs):
        silenced = with_first_statement(source, SILENCE)
        yield mutant("prints nothing", silenced, places.scenes(), prints[0].lineno)
    answers = calls(source, ANSWERING_CALLS)
    if answers and calls(source, LISTENING_CALLS):
        silenced = with_replaced(source, answers, "None")
        yield mutant("sends nothing", silenced, places.scenes(), answers[0].lineno)


def _statements_left_out(source, places, mutant):
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.stmt) or isinstance(node, ast.Pass) or is_docstring(node):
            continue
        rest = with_replaced(source, [node], "pass")
        try:
            ast.parse(rest)
        except SyntaxError:  # an elif, or a return that a function cannot do without
            continue
        change = f"statement left out at column {node.col_offset + 1}"
        yield mutant(change, rest, places.scenes(), node.lineno, is_figure=True)
