"""What `python -m tutorial_examples` understands."""

from __future__ import annotations

import argparse
import io
import os
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from exercise_checks.checking import check_in_own_process
from exercise_checks.exercises import pages_with_exercises
from tutorial_examples.copying import copy_page
from tutorial_examples.listings import (
    PACKAGE_FOLDER,
    Listing,
    UnknownNameError,
    find_listing,
    find_name,
    find_page,
    listings_in,
)
from tutorial_examples.running import run

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "python -m tutorial_examples"

DESCRIPTION = "The tutorial's programs. Without a command: list them all, page by page."

EPILOG = f"""\
examples:
  {PROGRAM}                                   what there is
  {PROGRAM} show sockets/udp/upper_server     read one
  {PROGRAM} run sockets/udp/upper_server      run it; Ctrl-C stops it
  {PROGRAM} copy sockets/udp my_folder        take a page's programs home
  {PROGRAM} check python/lists my_lists.py    have your exercises checked

A name may be written with or without .py, and with . in place of /.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for.

    Args:
        arguments: Without the program's name; those of this process if None.

    Returns:
        The exit status: 0, or 1 where the system refused, or 2 for a name that is not known; of
        `run` the program's own.
    """
    try:
        status = _do(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone, as in `| head -1`. Python flushes once more when it
        # ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _do(arguments: list[str]) -> int:
    # What follows the name belongs to the program that is run, even `--help` and `--`.
    ours = arguments[:2] if arguments[:1] == ["run"] else arguments
    options = _parser().parse_args(ours)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A console that lacks a character of a docstring gets `\u2026` for it, not a traceback.
        sys.stdout.reconfigure(errors="backslashreplace")
    listings = listings_in()
    try:
        match options.command:
            case "show":
                _show(find_listing(options.name, listings))
            case "run":
                return run(find_listing(options.name, listings).path, arguments[2:])
            case "copy":
                return _copy(find_page(options.page, listings), options.folder)
            case "check":
                return _check(options.page, options.file, options.exercise)
            case _:
                _list(listings)
    except UnknownNameError as error:
        return _complain(str(error), status=2)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")

    show = commands.add_parser("show", help="print a listing's source")
    show.add_argument("name", metavar="NAME", help="the listing, as sockets/udp/upper_server")

    run_it = commands.add_parser(
        "run",
        help="run a listing, as `python listing.py` would",
        description="Run a listing in the current folder, as `python listing.py ARG...` would.",
        usage=f"{PROGRAM} run [-h] NAME [ARG ...]",
        epilog="All that follows NAME is passed to the listing.",
    )
    run_it.add_argument("name", metavar="NAME", help="the listing, as sockets/udp/upper_server")

    copy = commands.add_parser(
        "copy",
        help="copy a page's listings and data files",
        description="Copy a page's listings and data files. No file is ever overwritten.",
    )
    copy.add_argument("page", metavar="PAGE", help="the page, as sockets/udp")
    copy.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        default=Path(),
        help="where to, made if needed (default: the current folder)",
    )

    check = commands.add_parser(
        "check",
        help="check your answers to a page's exercises",
        description="Run your file and say what was expected and what came.",
    )
    check.add_argument("page", metavar="PAGE", help="the page, as python/lists")
    check.add_argument("file", metavar="FILE", type=Path, help="your file")
    check.add_argument(
        "exercise",
        metavar="EXERCISE",
        nargs="?",
        help="one exercise by its name (default: all that the file attempts)",
    )
    return parser


def _list(listings: Sequence[Listing]) -> None:
    for page, group in groupby(listings, key=lambda listing: listing.page):
        names = {listing: listing.name.removeprefix(f"{page}/") for listing in group}
        width = max(map(len, names.values()))
        print(page)
        for listing, name in names.items():
            print(f"  {name:{width}}  {listing.summary}".rstrip())
        print()
    print(f"`{PROGRAM} --help` says how to show, run and copy them.")


def _show(listing: Listing) -> None:
    source = listing.path.read_bytes()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Byte for byte, so that `show NAME > file.py` gives the file whatever the console speaks.
        sys.stdout.buffer.write(source)
    else:
        sys.stdout.write(source.decode())


def _copy(page: str, folder: Path) -> int:
    try:
        copies = copy_page(PACKAGE_FOLDER / page, folder)
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}" if error.strerror else str(error)
        return _complain(reason, status=1)
    print(f"Copied to {folder}: {', '.join(map(str, copies))}")
    return 0


def _check(page: str, file: Path, exercise: str | None) -> int:
    page = find_name(page, pages_with_exercises(), "page with exercises to check")
    try:
        verdicts = check_in_own_process(page, file, exercise)
    except LookupError as error:
        return _complain(str(error.args[0]), status=2)
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror}", status=2)
    for verdict in verdicts:
        print(f"{verdict.exercise}: {verdict.outcome}")
        if verdict.message:
            print(f"    {verdict.message}")
    outcomes = {verdict.outcome for verdict in verdicts}
    return 0 if "solved" in outcomes and "not as expected" not in outcomes else 1


def _complain(sentence: str, status: int) -> int:
    print(f"{PROGRAM}: {sentence}", file=sys.stderr)
    return status
