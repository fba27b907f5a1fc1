"""One test for each mutant of the chosen pages, and at the end what became of them."""

from collections import Counter

import pytest
from mutant import Free
from mutated_pages import changes_of, named_pages, original_page
from workplace import Workplace

MODEL_PAGES = "python/lists,sockets/udp,sockets/tcp"
FATE = "what became of a mutant"


def pytest_addoption(parser):
    group = parser.getgroup("mutants")
    group.addoption("--pages", default=MODEL_PAGES, help="such as sockets/udp,sockets/tcp; or all")
    group.addoption(
        "--statements",
        action="store_true",
        help="leave out each statement of each listing too; that is counted, and never fails",
    )


def pytest_generate_tests(metafunc):
    docnames = named_pages(metafunc.config.getoption("pages"))
    wants_statements = metafunc.config.getoption("statements")
    if "docname" in metafunc.fixturenames:
        metafunc.parametrize("docname", docnames)
    if "mutant" in metafunc.fixturenames:
        mutants = [
            change
            for docname in docnames
            for change in changes_of(docname)
            if not isinstance(change, Free) and not change.for_sphinx
            if wants_statements or not change.is_figure
        ]
        metafunc.parametrize("mutant", mutants, ids=lambda mutant: mutant.id)


@pytest.fixture(scope="session")
def docnames(request):
    """The pages that were asked for."""
    return named_pages(request.config.getoption("pages"))


@pytest.fixture(scope="session")
def workplace(tmp_path_factory, docnames):
    """Runs mutants, and at last the pages as they are: what a mutant left would make them fail."""
    with Workplace(tmp_path_factory.mktemp("workplace")) as place:
        yield place
        for docname in docnames:
            failures = place.run_page(original_page(docname)).failures
            assert not failures, f"after the mutants, {docname} fails: {failures[0].message}"


@pytest.fixture
def note(record_property):
    """Notes what became of a mutant, or of `count` of them, for the summary."""

    def note_fate(fate, count=1):
        record_property(FATE, [fate, count])

    return note_fate


def pytest_terminal_summary(terminalreporter):
    fates = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for name, value in report.user_properties:
                    if name == FATE:
                        fates[value[0]] += value[1]
    if not fates:
        return
    right, survived = fates["right line"], fates["survived"]
    tried = right + survived + fates["wrong line"]
    terminalreporter.section("mutants")
    terminalreporter.line(f"{tried} mutants, {tried - survived} caught, {right} at the right line")
    noticed = fates["statement missed"]
    statements = noticed + fates["statement not missed"]
    if statements:
        share = f"{noticed / statements:.0%}"
        terminalreporter.line(f"{statements} statements left out, {noticed} missed: {share}")
    for fate, count in sorted(fates.items()):
        if fate.startswith("free: "):
            terminalreporter.line(f"{count} {fate}")
