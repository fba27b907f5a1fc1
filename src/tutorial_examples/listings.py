"""The listings: which there are, by what names, and what each says of itself."""

from __future__ import annotations

import ast
import difflib
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

PACKAGE_FOLDER = Path(__file__).parent


class UnknownNameError(LookupError):
    """A name that nothing bears; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Listing:
    """One program.

    Attributes:
        name: Its path below the package with `/` and without `.py`: `sockets/udp/upper_server`.
        path: Its file.
    """

    name: str
    path: Path

    @property
    def page(self) -> str:
        """The page that shows it, `sockets/udp`."""
        return "/".join(self.name.split("/")[:2])

    @property
    def summary(self) -> str:
        """The first line of its docstring; empty if it has none or is no valid Python."""
        with tokenize.open(self.path) as file:
            source = file.read()
        try:
            docstring = ast.get_docstring(ast.parse(source))
        except SyntaxError:
            return ""
        return (docstring or "").partition("\n")[0]


def listings_in(folder: Path = PACKAGE_FOLDER) -> list[Listing]:
    """All listings, ordered by name.

    Those of a page are in `folder/<part>/<page>/` and in the packages there; below a folder that
    is no package, a page keeps its data.

    Args:
        folder: The package's folder.
    """
    listings = [
        Listing(path.relative_to(folder).with_suffix("").as_posix(), path)
        for page_folder in folder.glob("*/*/")
        for path in page_folder.rglob("*.py")
        if path.name != "__init__.py" and _is_importable(path, page_folder)
    ]
    return sorted(listings, key=lambda listing: listing.name)


def _is_importable(path: Path, folder: Path) -> bool:
    """Whether all folders between `folder` and the file are packages."""
    between = path.relative_to(folder).parents
    return all((folder / parent / "__init__.py").exists() for parent in list(between)[:-1])


def find_listing(name: str, listings: Sequence[Listing]) -> Listing:
    r"""The listing of that name.

    Args:
        name: `sockets/udp/upper_server`; also with `.py`, and with `.` or `\` in place of `/`.
        listings: Those to look through.

    Raises:
        UnknownNameError: No listing bears the name; the message suggests those that are near.
    """
    wanted = _with_slashes(name)
    for listing in listings:
        if listing.name == wanted:
            return listing
    of_page = [listing.name for listing in listings if listing.page == wanted]
    if of_page:
        raise UnknownNameError(f"{wanted} is a page; its listings are {_joined(of_page, 'and')}")
    near = _near(wanted, [listing.name for listing in listings])
    raise UnknownNameError(f"there is no listing {wanted!r}{near}")


def find_page(name: str, listings: Sequence[Listing]) -> str:
    """The page of that name, as `sockets/udp`.

    Args:
        name: Written in any of the ways that `find_listing` understands.
        listings: Those of all pages.

    Raises:
        UnknownNameError: No page with listings bears the name.
    """
    wanted = _with_slashes(name)
    pages = {listing.page for listing in listings}
    if wanted in pages:
        return wanted
    for listing in listings:
        if listing.name == wanted:
            raise UnknownNameError(f"{wanted} is a listing; its page is {listing.page}")
    raise UnknownNameError(f"there is no page {wanted!r} with listings{_near(wanted, pages)}")


def find_name(name: str, names: Collection[str], kind: str) -> str:
    """The one of `names` that is meant.

    Args:
        name: Written in any of the ways that `find_listing` understands.
        names: With `/`, without `.py`.
        kind: What the names name, for the message.

    Raises:
        UnknownNameError: It is none of them.
    """
    wanted = _with_slashes(name)
    if wanted in names:
        return wanted
    raise UnknownNameError(f"there is no {kind} named {wanted!r}{_near(wanted, names)}")


def _with_slashes(name: str) -> str:
    return name.removesuffix(".py").replace("\\", "/").replace(".", "/").strip("/")


def _near(wanted: str, names: Iterable[str]) -> str:
    candidates = sorted(names)
    if "/" in wanted:
        near = difflib.get_close_matches(wanted, candidates, n=1)
    else:
        last_parts = {name.rpartition("/")[2] for name in candidates}
        nearest = difflib.get_close_matches(wanted, last_parts, n=1)
        near = [name for name in candidates if name.rpartition("/")[2] in nearest]
    if near:
        return f"; did you mean {_joined(near, 'or')}?"
    return "; `python -m tutorial_examples` lists all"


def _joined(words: Sequence[str], conjunction: str) -> str:
    *first, last = words
    return f"{', '.join(first)} {conjunction} {last}" if first else last
