"""Where a page runs its listings: programs that it starts, and sessions that import them."""

import re
from dataclasses import dataclass

from shown_terminals import Program, programs, terminal_streams

from tested_pages.pages import PageExample


@dataclass(frozen=True)
class ListingRuns:
    """All runs of a listing.

    Attributes:
        programs: The programs that are or use it, in page order.
        sessions: The examples that import it, in page order.
        is_imported: Whether the programs get it by way of another listing.
    """

    programs: list[Program]
    sessions: list[PageExample]
    is_imported: bool

    @property
    def begins_in_session(self):
        """Whether a session is the first to run it."""
        return bool(self.sessions) and not (
            self.programs and self.programs[0].first_line < self.sessions[0].line
        )


def runs_of_listings(page):
    """The runs of each of a page's listings, by its path from the code folder."""
    started = programs(terminal_streams(page.fences, page.result))
    codes = [example for example in page.examples if example.kind in {"session", "code"}]
    return {listing: _runs(listing, page.listings, started, codes) for listing in page.listings}


def scene_of(program, started):
    """First and last line of what a program can have an effect on.

    That is from its start to the end of the last program that runs beside it.
    """
    beside = [
        other.last_line
        for other in started
        if other.first_line <= program.last_line and other.last_line >= program.first_line
    ]
    return program.first_line, max(beside)


def _runs(listing, listings, started, codes):
    users = _users(listing, listings)
    commands = re.compile(rf"(?<![\w.])(?:{'|'.join(map(_as_command, users))})(?!\w)")
    itself = re.compile(rf"(?<![\w.])(?:{_as_command(listing)})(?!\w)")
    imports = _import_of(users)
    found = [program for program in started if commands.search(program.command)]
    return ListingRuns(
        programs=found,
        sessions=[code for code in codes if imports.search(code.source)],
        is_imported=bool(found) and not itself.search(found[0].command),
    )


def _users(listing, listings):
    """The listing and those that import it, directly or by way of others."""
    users = {listing}
    while True:
        more = {other for other, source in listings.items() if _import_of(users).search(source)}
        if more <= users:
            return sorted(users)
        users |= more


def _import_of(listings):
    modules = "|".join(re.escape(_module(listing)) for listing in listings)
    return re.compile(rf"^\s*(?:import|from)\s+(?:{modules})(?!\w)", re.MULTILINE)


def _as_command(listing):
    return rf"{re.escape(listing)}|-m {re.escape(_module(listing))}"


def _module(listing):
    return listing.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
