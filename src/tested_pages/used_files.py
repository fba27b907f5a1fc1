"""What the examples of a page use besides the page's own text, as a digest that changes with it.

A page uses the listings and data of its own code folder, and, where a command of a terminal names
them, those of other pages: `python -m tutorial_examples run sockets/udp/upper_server`. All pages
use the machine that runs them.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tested_pages.code_folder import code_folder
from tested_pages.page_task import PAGE_ENCODING

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent
COMMAND = re.compile(r"^[ \t]*\$ (.+)$", re.MULTILINE)
MODULE_RUN = re.compile(r"-m ([\w.]+)")


def digest_of_used_files(page: Path, docname: str, code: Path) -> str:
    """A digest of the names and contents of all files that the page's examples may use.

    Args:
        page: The page's Markdown file.
        docname: Its name, such as `sockets/udp`.
        code: The folder that holds a folder of listings for each page.
    """
    digest = hashlib.sha256(_digest_of_machine().encode())
    # A page that is not UTF-8 is reported by whoever runs it.
    text = page.read_text(encoding=PAGE_ENCODING, errors="replace")
    for path in sorted(set(_used_files(text, page, docname, code))):
        digest.update(f"{os.path.relpath(path, code)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _used_files(text: str, page: Path, docname: str, code: Path) -> Iterator[Path]:
    yield from _files_below(code_folder(text, page, docname, code))
    for command in COMMAND.findall(text):
        for module in MODULE_RUN.findall(command):
            yield from (code.parent / module.replace(".", "/")).glob("*.py")
        for word in command.split():
            # Only what has a folder in its name can be of another page.
            if "/" not in word or word.startswith(("/", ".")):
                continue
            named = code / word
            yield from _files_below(named)
            yield from (path for path in (named, named.with_suffix(".py")) if path.is_file())


def _files_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


@cache
def _digest_of_machine() -> str:
    digest = hashlib.sha256(platform.python_version().encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
