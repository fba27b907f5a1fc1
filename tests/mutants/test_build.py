"""The build of the site fails for mutants, and names their pages and lines and no others."""

import re
import shutil
import subprocess
import sys
from collections import defaultdict

import pytest
from mutant import Free
from mutated_pages import CODE, DEADLINE_SECONDS, DOCS, changes_of, original_page
from workplace import write_page

WARNING = re.compile(r"^(?P<path>/.+\.md):(?P<line>\d+): (?:WARNING|ERROR): ", re.MULTILINE)
# Copies of pages also bring duplicate labels and links that lead nowhere.
NOTICED = re.compile(r"\[(?:tested_pages\.\w+|myst\.directive_unknown)\]$", re.MULTILINE)
WITHIN_QUOTES = re.compile("“.*?”")


@pytest.mark.timeout(1200)  # it builds as many pages as there are kinds of mutants
def test_the_build_names_page_and_line(docnames, tmp_path):
    docs, code = tmp_path / "docs", tmp_path / "src" / "tutorial_examples"
    shutil.copytree(DOCS, docs, ignore=shutil.ignore_patterns("__pycache__", "*.md"))
    for docname in docnames:
        write_page(original_page(docname), docname, docs, code)
    mutants = {}
    for number, mutant in enumerate(_first_of_each_kind(docnames)):
        docname = f"mutants/{number}/{mutant.docname}"
        path, _ = write_page(original_page(mutant.docname), docname, docs, code, mutant)
        mutants[str(path)] = mutant
    settings = (f"tested_pages_deadline={DEADLINE_SECONDS}", f"root_doc={docnames[0]}")
    options = ("--builder=dummy", "--no-color", "--fail-on-warning")
    options += tuple(f"--define={setting}" for setting in settings)
    build = [sys.executable, "-m", "sphinx", *options, docs, tmp_path / "site"]
    ended = subprocess.run(build, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stderr
    noticed = _noticed(ended.stderr)
    missed = {
        f"{mutant.id} ({path})": noticed[path]
        for path, mutant in mutants.items()
        if not noticed[path] or noticed[path][0] not in mutant.right_lines
    }
    assert not missed
    assert {path for path in noticed if noticed[path]} == mutants.keys()


def _first_of_each_kind(docnames):
    """One mutant of each kind, by turns from each page."""
    of_pages = [_by_kind(docname) for docname in docnames]
    kinds = sorted({kind for mutants in of_pages for kind in mutants})
    for number, kind in enumerate(kinds):
        having = [mutants[kind] for mutants in of_pages if kind in mutants]
        yield having[number % len(having)]


def _by_kind(docname):
    mutants = {}
    shares_listings = original_page(docname).code_folder != CODE / docname
    for change in changes_of(docname):
        if isinstance(change, Free) or change.is_figure:
            continue
        if change.listing and shares_listings:  # another page's, which is to pass
            continue
        kind = change.change if change.for_sphinx else WITHIN_QUOTES.sub("", change.change)
        mutants.setdefault(kind, change)
    return mutants


def _noticed(stderr):
    """The lines of each page that the build complains of, in its order."""
    lines = defaultdict(list)
    starts = list(WARNING.finditer(stderr))
    ends = [*(start.start() for start in starts[1:]), len(stderr)]
    for start, end in zip(starts, ends, strict=True):
        if NOTICED.search(stderr, start.end(), end):
            lines[start["path"]].append(int(start["line"]))
    return lines
