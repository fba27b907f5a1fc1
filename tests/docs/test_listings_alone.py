"""Every listing of part 1 starts in a folder that holds nothing but it and what it says it needs.

What serves and what connects is started so in the tests of its own page.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pages_and_listings import LISTINGS, PROJECT, imports_of, module_name, package_name

from tutorial_examples.listings import Listing, listings_in

if TYPE_CHECKING:
    from pathlib import Path

# It shows a loop that does not end, so nobody waits for it here; it imports nothing but time.
ENDLESS = "python/loops/endless.py"
LACKS_SOMETHING = ("ModuleNotFoundError", "ImportError", "FileNotFoundError")

PART_ONE = [
    listing for listing in listings_in(PROJECT / LISTINGS) if listing.page.startswith("python/")
]


def needed(path: Path, folder: Path, found: set[Path] | None = None) -> set[Path]:
    """The listing and the files beside it that it imports, directly or not."""
    found = set() if found is None else found
    if path not in found:
        found.add(path)
        for one in imports_of(path.read_text("utf-8"), package_name(path, folder)):
            stem = folder / one.module.replace(".", "/")
            beside = (stem.with_suffix(".py"), stem / "__init__.py")
            for candidate in filter(type(path).is_file, beside):
                needed(candidate, folder, found)
    return found


def start_alone(listing: Listing, folder: Path, empty: Path) -> str:
    """Starts a copy of the listing, with no standard input, and returns what its end says."""
    for path in needed(listing.path, folder):
        copy = empty / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    package = package_name(listing.path, folder)
    module = module_name(listing.path, folder).removesuffix(".__main__")
    how = ["-m", module] if package else [listing.path.name]
    done = subprocess.run(
        [sys.executable, *how],
        cwd=empty,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip().rpartition("\n")[2]


def test_there_is_something_to_start() -> None:
    assert any(listing.path.as_posix().endswith(ENDLESS) for listing in PART_ONE)


@pytest.mark.parametrize(
    "listing",
    [listing for listing in PART_ONE if not listing.path.as_posix().endswith(ENDLESS)],
    ids=lambda listing: f"{listing.page}/{listing.path.name}",
)
def test_it_starts_alone(listing: Listing, tmp_path: Path) -> None:
    last_line = start_alone(listing, PROJECT / LISTINGS / listing.page, tmp_path)
    # Two that import each other are there to show what becomes of that.
    if "circular import" not in last_line:
        assert not last_line.startswith(LACKS_SOMETHING), last_line


def test_what_lacks_something_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "python" / "page"
    folder.mkdir(parents=True)
    (folder / "reads.py").write_text('open("data.txt")\n')
    (folder / "data.txt").touch()
    [listing] = listings_in(tmp_path)
    assert start_alone(listing, folder, tmp_path / "empty").startswith("FileNotFoundError")
