"""Nothing in the checkout is fixed to one machine, one user or one package registry."""

import re
from pathlib import Path

from checkout import ROOT, tracked_files

REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|deb\.debian\.org"
    r"|--(?:extra-)?index-url|--find-[l]inks"
)
HOME = re.compile(r"(?<![\w.)}])/(?:home|Users|root|work)/\w|[A-Z]:\\+Users\\")


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


def test_no_file_names_a_place_on_one_machine():
    here = {str(ROOT), str(Path.home())} - {"/", "/root"}
    found = [
        place
        for place, line in lines()
        if HOME.search(line) or any(folder in line for folder in here)
    ]
    assert not found
