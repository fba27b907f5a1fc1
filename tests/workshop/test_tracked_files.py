"""Nothing in the checkout is fixed to one machine, one user or one package registry."""

import re
from pathlib import Path

from checkout import ROOT, tracked_files

REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|deb\.debian\.org"
    r"|--(?:extra-)?index-url|--find-[l]inks"
)
# A folder below one that machines have; only one that is really here gives this machine away, for
# a page may well show somebody's.
PLACE = re.compile(r"(?<![\w.)}])/(?:home|opt|root|srv|Users|work)/[\w-]+")


def lines():
    """Every line of every text file, with its place."""
    for path in tracked_files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            for number, line in enumerate(content.decode("utf-8").splitlines(), 1):
                yield f"{path.as_posix()}:{number}", line


def test_no_file_names_a_package_registry():
    found = [place for place, line in lines() if REGISTRY.search(line)]
    assert not found


def test_no_file_names_a_place_on_this_machine():
    here = {str(ROOT), str(Path.home())} - {"/", "/root"}
    found = [
        place
        for place, line in lines()
        if any(folder in line for folder in here)
        or any(Path(match[0]).exists() for match in PLACE.finditer(line))
    ]
    assert not found
