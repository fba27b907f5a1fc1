"""Every listing can be taken away: it says how to start it, and needs nothing but Python."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from typing import TYPE_CHECKING

import pytest
from pages_and_listings import LISTINGS, PROJECT, imports_of, module_name, package_name

from tutorial_examples.listings import Listing, listings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def faults(listing: Listing, listings: Path) -> Iterator[str]:
    """What keeps a listing from being taken away: `LINE: sentence` each."""
    source = listing.path.read_text(encoding="utf-8")
    folder = listings / listing.page
    if listing.path.stem in sys.stdlib_module_names and listing.path.parent == folder:
        name = listing.path.stem
        yield f"1: its name hides the standard library's module {name} from all programs beside it"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(source, listing.path, "exec", dont_inherit=True)
    except SyntaxError as error:
        yield f"{error.lineno}: it does not compile: {error.msg}"
        return
    docstring = ast.get_docstring(ast.parse(source)) or ""
    yield from _docstring_faults(listing, folder, docstring)
    yield from _import_faults(listing, folder, source, docstring)


def _docstring_faults(listing: Listing, folder: Path, docstring: str) -> Iterator[str]:
    start = _ways_to_start(listing, folder)
    summary = docstring.partition("\n")[0]
    if len(summary.split()) < 3 or start.search(summary):
        yield "1: its docstring should begin with a line that says what it does"
    if not start.search(" ".join(docstring.split())):
        yield f"1: its docstring should say how to start it: `python {listing.path.name}`"


def _ways_to_start(listing: Listing, folder: Path) -> re.Pattern[str]:
    module = module_name(listing.path, folder).removesuffix(".__main__")
    package, _, last = module.rpartition(".")
    ways = [f"python -m {module}", f"import {module}", f"from {module} import"]
    if package:
        ways.append(f"from {package} import {last}")
    file = listing.path.relative_to(folder).as_posix()
    runners = r"( -m (pytest|unittest))?"
    alternatives = [rf"python{runners}( -\w+)* {re.escape(file)}", *map(re.escape, ways)]
    return re.compile(rf"({'|'.join(alternatives)})(?!\w)")


def _import_faults(listing: Listing, folder: Path, source: str, docstring: str) -> Iterator[str]:
    beside = {path.stem: path.name for path in folder.glob("*.py")}
    beside |= {path.name: f"{path.name}/" for path in folder.glob("*/") if any(path.glob("*.py"))}
    own_name = module_name(listing.path, folder).partition(".")[0]
    package = package_name(listing.path, folder)
    test_runner = {"pytest"} if "python -m pytest" in docstring else set()
    for found in imports_of(source, package):
        top = found.module.partition(".")[0]
        if found.is_relative and not package:
            yield f"{found.line}: a relative import fails in a program that is started"
        elif top in {*sys.stdlib_module_names, own_name, *test_runner}:
            continue
        elif top not in beside:
            yield f"{found.line}: {top} is neither in the standard library nor beside it"
        elif beside[top] not in docstring:
            yield f"{found.line}: it needs {beside[top]}, and its docstring does not say so"


def all_faults(listings: Path) -> list[str]:
    found = (
        f"{listing.path.relative_to(listings).as_posix()}:{fault}"
        for listing in listings_in(listings)
        for fault in faults(listing, listings)
    )
    return list(dict.fromkeys(found))


# The page on contributing shows a small project of its own, with a listing as it should be.
MODEL = PROJECT / LISTINGS / "appendix" / "contributing"


@pytest.mark.parametrize("project", [PROJECT, MODEL], ids=["tutorial", "model"])
def test_all_listings_can_be_taken_away(project: Path) -> None:
    listings = project / LISTINGS
    assert listings_in(listings), "no listing was found, so nothing was checked"
    found = all_faults(listings)
    assert not found, "\n".join(found)


GOOD = '"""Answer in upper case.\n\nStart it with `python server.py`.\n"""\n'


def faults_of(tmp_path: Path, files: dict[str, str]) -> list[str]:
    for name, text in files.items():
        path = tmp_path / "sockets" / "udp" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [fault.removeprefix("sockets/udp/") for fault in all_faults(tmp_path)]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD + "import socket\nimport xml.etree.ElementTree as tree\nfrom os import path\n",
        GOOD + "from __future__ import annotations\n",
        GOOD.replace("python server.py", "python -u server.py ADDRESS"),
        GOOD.replace("`python server.py`", "`python\nserver.py`"),
        GOOD.replace("python server.py", "python -m server"),
        GOOD.replace("python server.py", "python -m unittest -v server.py"),
        GOOD.replace("python server.py", "python -m pytest server.py") + "import pytest\n",
        GOOD.replace("python server.py", ">>> import server"),
        GOOD.replace("python server.py", "from server import main"),
    ],
)
def test_a_good_listing(tmp_path: Path, text: str) -> None:
    assert faults_of(tmp_path, {"server.py": text}) == []


NO_SUMMARY = "server.py:1: its docstring should begin with a line that says what it does"
NO_START = "server.py:1: its docstring should say how to start it: `python server.py`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [NO_SUMMARY, NO_START]),
        ("# Answer in upper case: python server.py\n", [NO_SUMMARY, NO_START]),
        ('"""Answer in upper case."""\n', [NO_START]),
        (GOOD.replace("server.py", "other_server.py"), [NO_START]),
        (GOOD.replace("server.py", "server.pyc"), [NO_START]),
        (GOOD.replace("python server.py", "./server.py"), [NO_START]),
        (GOOD.replace("python server.py", "import servers"), [NO_START]),
        ('"""Server.\n\nStart it with `python server.py`.\n"""\n', [NO_SUMMARY]),
        ('"""Start it with `python server.py`.\n"""\n', [NO_SUMMARY]),
        (GOOD + "def\n", ["server.py:5: it does not compile: invalid syntax"]),
        (
            GOOD + "import socket\nimport httpx\n",
            ["server.py:6: httpx is neither in the standard library nor beside it"],
        ),
        (
            GOOD + "import pytest\n",
            ["server.py:5: pytest is neither in the standard library nor beside it"],
        ),
        (
            GOOD + "def main():\n    from framing import read\n",
            ["server.py:6: framing is neither in the standard library nor beside it"],
        ),
        (
            GOOD + "from tutorial_examples.sockets.udp import client\n",
            ["server.py:5: tutorial_examples is neither in the standard library nor beside it"],
        ),
        (
            GOOD + "from . import client\n",
            ["server.py:5: a relative import fails in a program that is started"],
        ),
        (
            GOOD + "from .client import main\n",
            ["server.py:5: a relative import fails in a program that is started"],
        ),
    ],
)
def test_a_listing_with_a_fault(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert faults_of(tmp_path, {"server.py": text}) == expected


def test_a_listing_that_python_warns_about(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, {"server.py": GOOD + 'x = "\\d"\n'})
    assert fault.startswith("server.py:5: it does not compile: ")
    assert "invalid escape sequence" in fault


def test_a_name_of_the_standard_library(tmp_path: Path) -> None:
    text = GOOD.replace("server.py", "socket.py")
    expected = (
        "socket.py:1: its name hides the standard library's module socket from all programs "
        "beside it"
    )
    assert faults_of(tmp_path, {"socket.py": text}) == [expected]


def test_a_listing_beside_it(tmp_path: Path) -> None:
    framing = GOOD.replace("python server.py", "import framing")
    silent = {"server.py": f"{GOOD}from framing import read\n", "framing.py": framing}
    expected = ["server.py:5: it needs framing.py, and its docstring does not say so"]
    assert faults_of(tmp_path, silent) == expected
    said = GOOD.replace("`.", "` beside framing.py.")
    assert faults_of(tmp_path, {"server.py": f"{said}from framing import read\n"}) == []


def test_a_package_in_a_pages_folder(tmp_path: Path) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/socket.py": GOOD.replace("python server.py", "from shop import socket"),
        "shop/prices.py": GOOD.replace("python server.py", "import shop.prices")
        + "from . import socket\nimport shop.socket\n",
        "shop/__main__.py": GOOD.replace("python server.py", "python -m shop"),
        "till.py": GOOD.replace("server.py", "till.py` beside shop/") + "import shop.prices\n",
    }
    assert faults_of(tmp_path, files) == []
    text = GOOD.replace("server.py", "till.py") + "import shop.prices\n"
    expected = ["till.py:5: it needs shop/, and its docstring does not say so"]
    assert faults_of(tmp_path, {"till.py": text}) == expected
