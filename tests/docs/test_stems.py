"""One stem: a page, the folder of its listings and their test share one name.

`docs/sockets/udp.md`, `src/tutorial_examples/sockets/udp/`,
`tests/tutorial_examples/sockets/test_udp.py`. And a page uses what is in its folder.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from pages_and_listings import (
    LISTINGS,
    PAGES,
    PROJECT,
    TESTS,
    PageText,
    imports_of,
    module_name,
    package_name,
)

from tutorial_examples.listings import Listing, listings_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def misfits(project: Path) -> Iterator[str]:
    """What is missing or left over: a sentence each, with its path below `project`."""
    listings = listings_in(project / LISTINGS)
    pages_with_listings = dict.fromkeys(listing.page for listing in listings)
    yield from _misplaced(project)
    for page in _folders(project / LISTINGS):
        if not (project / PAGES / f"{page}.md").is_file():
            yield (
                f"{(PAGES / page).as_posix()}.md is missing, or "
                f"{(LISTINGS / page).as_posix()}/ is left over"
            )
    for page in pages_with_listings:
        test = _test_of(page)
        if not (project / test).is_file():
            yield (f"{test.as_posix()} is missing: it should test {(LISTINGS / page).as_posix()}/")
    expected = {project / _test_of(page) for page in pages_with_listings}
    for test in sorted((project / TESTS).glob("*/**/test_*.py")):
        of_the_tests = test.with_name(test.name.removeprefix("test_"))
        if test not in expected and not of_the_tests.is_file():
            where = test.relative_to(project).as_posix()
            yield f"{where} is left over: no folder of listings goes with it"
    for page, group in groupby(listings, key=lambda listing: listing.page):
        if (project / PAGES / f"{page}.md").is_file():
            yield from _unused(project, page, list(group))


def _test_of(page: str) -> Path:
    part, _, name = page.partition("/")
    return TESTS / part / f"test_{name}.py"


def _folders(listings: Path) -> Iterator[str]:
    for folder in sorted(listings.glob("*/*/")):
        # An empty folder is what git leaves behind of one that is gone.
        files = (path for path in folder.rglob("*") if path.is_file())
        if any("__pycache__" not in path.parts for path in files):
            yield folder.relative_to(listings).as_posix()


def _misplaced(project: Path) -> Iterator[str]:
    for path in sorted((project / LISTINGS).glob("*/*.py")):
        where = path.relative_to(project).as_posix()
        yield f"{where} is in no page's folder: {LISTINGS.as_posix()}/PART/PAGE/ is the place"
    for path in sorted((project / LISTINGS).glob("*/*/__init__.py")):
        where = path.relative_to(project).as_posix()
        yield f"{where} is left over: a page's folder is no package"


def _unused(project: Path, page: str, listings: Sequence[Listing]) -> Iterator[str]:
    folder = project / LISTINGS / page
    page_file = project / PAGES / f"{page}.md"
    page_name = page_file.relative_to(project).as_posix()
    text = PageText(page_file, project / PAGES)
    used = _used_modules(folder, text)
    for listing in listings:
        where = listing.path.relative_to(project).as_posix()
        if module_name(listing.path, folder) not in used:
            yield f"{where} is neither run nor imported on {page_name}"
        if listing.path.resolve() not in text.included and not text.names(listing.path.name):
            yield f"{where} is neither included nor named in the text of {page_name}"


def _used_modules(folder: Path, text: PageText) -> set[str]:
    """The modules that the page runs or imports, and those that they import in turn."""
    files = {module_name(path, folder): path for path in folder.rglob("*.py")}
    waiting = [
        name
        for name, path in files.items()
        if name in text.imported or path.relative_to(folder).as_posix() in text.started
    ]
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in used or name not in files:
            continue
        used.add(name)
        path = files[name]
        try:
            found = list(imports_of(path.read_text("utf-8"), package_name(path, folder)))
        except SyntaxError:
            continue  # test_listings says so
        waiting.extend(one.module for one in found)
        # Whoever imports a.b imports a first.
        waiting.extend(one.module.rpartition(".")[0] for one in found)
    return used


def test_pages_listings_and_tests_belong_together() -> None:
    assert listings_in(PROJECT / LISTINGS), "no listing was found, so nothing was checked"
    found = list(misfits(PROJECT))
    assert not found, "\n".join(found)


FOLDER = "src/tutorial_examples/sockets/udp"
PAGE = "docs/sockets/udp.md"
TEST = "tests/tutorial_examples/sockets/test_udp.py"

SHOWN = f"""\
# UDP

```{{literalinclude}} /../{FOLDER}/server.py
```
"""
RUN = """
```{terminal} one
$ python server.py
Ready
```
"""


class Tree:
    """A small project: a page, its folder with one listing, its test."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write(f"{FOLDER}/server.py", '"""Serve."""\n')
        self.write(PAGE, SHOWN + RUN)
        self.write(TEST, "")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def misfits(self) -> list[str]:
        return list(misfits(self.root))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path)
    assert tree.misfits() == []
    return tree


def test_a_page_without_listings_needs_neither_folder_nor_test(tree: Tree) -> None:
    tree.write("docs/sockets/layers.md", "# Layers\n")
    tree.write("docs/index.md", "# Home\n")
    assert tree.misfits() == []


def test_tests_of_the_package_itself_are_no_pages_tests(tree: Tree) -> None:
    tree.write("tests/tutorial_examples/test_command_line.py", "")
    tree.write("tests/tutorial_examples/sockets/conftest.py", "")
    assert tree.misfits() == []


def test_the_page_is_missing(tree: Tree) -> None:
    (tree.root / PAGE).unlink()
    assert tree.misfits() == [f"{PAGE} is missing, or {FOLDER}/ is left over"]


def test_the_test_is_missing(tree: Tree) -> None:
    (tree.root / TEST).unlink()
    assert tree.misfits() == [f"{TEST} is missing: it should test {FOLDER}/"]


def test_the_folder_is_missing(tree: Tree) -> None:
    (tree.root / FOLDER / "server.py").unlink()
    tree.write(f"{FOLDER}/__pycache__/server.cpython-311.pyc", "")
    assert tree.misfits() == [f"{TEST} is left over: no folder of listings goes with it"]


def test_a_folder_of_data_needs_a_page_but_no_test(tree: Tree) -> None:
    tree.write("docs/python/files.md", "# Files\n")
    tree.write("src/tutorial_examples/python/files/names.txt", "Ada\n")
    assert tree.misfits() == []
    (tree.root / "docs/python/files.md").unlink()
    assert tree.misfits() == [
        "docs/python/files.md is missing, or src/tutorial_examples/python/files/ is left over"
    ]


def test_a_test_of_what_tests_share(tree: Tree) -> None:
    tree.write("tests/tutorial_examples/sockets/test_peers.py", "")
    tree.write("tests/tutorial_examples/sockets/peers.py", "")
    assert tree.misfits() == []


@pytest.mark.parametrize("name", ["sockets/udp/test_more.py", "sockets/test_tcp.py"])
def test_a_test_of_no_page(tree: Tree, name: str) -> None:
    tree.write(f"tests/tutorial_examples/{name}", "")
    assert tree.misfits() == [
        f"tests/tutorial_examples/{name} is left over: no folder of listings goes with it"
    ]


def test_a_listing_outside_of_pages_folders(tree: Tree) -> None:
    tree.write("src/tutorial_examples/sockets/helper.py", "")
    tree.write(f"{FOLDER}/__init__.py", "")
    assert tree.misfits() == [
        (
            "src/tutorial_examples/sockets/helper.py is in no page's folder: "
            "src/tutorial_examples/PART/PAGE/ is the place"
        ),
        f"{FOLDER}/__init__.py is left over: a page's folder is no package",
    ]


NOT_USED = f"{FOLDER}/server.py is neither run nor imported on {PAGE}"
NOT_SHOWN = f"{FOLDER}/server.py is neither included nor named in the text of {PAGE}"


@pytest.mark.parametrize(
    "use",
    [
        RUN,
        RUN.replace("python server.py", "python -u server.py --port 5 'a b'"),
        RUN.replace("python server.py", "python -i ./server.py"),
        RUN.replace("python server.py", "python -m server"),
        RUN.replace("python server.py", "python -c 'import server; server.main()'"),
        RUN.replace("python server.py", "python\n>>> import server"),
        "\n```python\n>>> import server\n```\n",
        "\n```python\n>>> 1\n1\n>>> for _ in range(2):\n...     import server as s\n```\n",
        "\n```python\nfrom server import main\n```\n",
        (
            "\n```python\n>>> 1 +\nTraceback (most recent call last):\n  ...\n"
            "SyntaxError: invalid syntax\n>>> import server\n```\n"
        ),
        "\n:::{exercise}\n\n```{terminal} one\n$ python server.py\n```\n\n:::\n",
        "\n````{solution} x\n```python\nimport server\n```\n````\n",
    ],
)
def test_ways_to_use_a_listing(tree: Tree, use: str) -> None:
    tree.write(PAGE, SHOWN + use)
    assert tree.misfits() == []


@pytest.mark.parametrize(
    "use",
    [
        "",
        "\nRun `python server.py`.\n",
        "\n```text\n$ python server.py\n```\n",
        "\n```python2\nimport server\n```\n",
        RUN.replace("server.py", "other_server.py"),
        RUN.replace("python server.py", "cat server.py"),
        RUN.replace("$ python server.py", "$ python\npython server.py"),
        "\n```python\n>>> import servers\n```\n",
        "\n```python\n>>> import server.py.x\n```\n",
        "\n```python\nimport server as\n```\n",
        "\n<!--\n$ python server.py\n-->\n",
    ],
)
def test_a_listing_that_the_page_does_not_use(tree: Tree, use: str) -> None:
    tree.write(PAGE, SHOWN + use)
    assert tree.misfits() == [NOT_USED]


@pytest.mark.parametrize(
    "show",
    [
        SHOWN,
        SHOWN.replace(f"/../{FOLDER}", f"../../{FOLDER}"),
        SHOWN.replace("\n```\n", "\n:language: python\n:pyobject: main\n```\n"),
        f":::{{solution}} x\n:class: dropdown\n\n{SHOWN}\n:::\n",
        "# UDP\n\nSave this as `server.py`:\n",
        ":::{admonition} Try\nChange server.py.\n:::\n",
    ],
)
def test_ways_to_show_a_listing(tree: Tree, show: str) -> None:
    tree.write(PAGE, show + RUN)
    assert tree.misfits() == []


@pytest.mark.parametrize(
    "show",
    [
        "# UDP\n",
        SHOWN.replace("server.py", "other.py"),
        SHOWN.replace("sockets/udp", "sockets/tcp"),
        "# UDP\n\nThe files upper_server.py and server.pyc.\n",
        "```text\nserver.py\n```\n",
    ],
)
def test_a_listing_that_the_page_does_not_show(tree: Tree, show: str) -> None:
    tree.write(PAGE, show + RUN)
    assert tree.misfits() == [NOT_SHOWN]


def test_listings_that_a_listing_imports_are_used(tree: Tree) -> None:
    tree.write(f"{FOLDER}/server.py", "import frames\nfrom shop import prices\n")
    tree.write(f"{FOLDER}/frames.py", "def read():\n    import lines\n")
    tree.write(f"{FOLDER}/lines.py", "")
    tree.write(f"{FOLDER}/shop/__init__.py", "from . import stock\n")
    tree.write(f"{FOLDER}/shop/stock.py", "")
    tree.write(f"{FOLDER}/shop/prices.py", "from .rates import rate\n")
    tree.write(f"{FOLDER}/shop/rates.py", "")
    names = "Beside it: frames.py, lines.py, stock.py, prices.py, rates.py, idle.py.\n"
    tree.write(PAGE, SHOWN + names + RUN)
    assert tree.misfits() == []
    tree.write(f"{FOLDER}/shop/idle.py", "from .rates import rate\n")
    assert tree.misfits() == [f"{FOLDER}/shop/idle.py is neither run nor imported on {PAGE}"]


def test_a_broken_listing_is_still_looked_at(tree: Tree) -> None:
    tree.write(f"{FOLDER}/server.py", "def\n")
    assert tree.misfits() == []
    tree.write(PAGE, SHOWN)
    assert tree.misfits() == [NOT_USED]
