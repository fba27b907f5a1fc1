"""The folder of a page's listings, in which its programs run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tested_pages.page_paths import README

if TYPE_CHECKING:
    from pathlib import Path

FRONT_MATTER = re.compile(r"---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^code:\s*(\S+)\s*$", re.MULTILINE)


def code_folder(text: str, page: Path, docname: str, code: Path) -> Path:
    """The folder named as the page is, or the one that the page's front matter names as `code`.

    A README is about the folder in which it is.

    Args:
        text: The page's Markdown.
        page: The file that holds it.
        docname: Its name, such as `sockets/udp`.
        code: The folder that holds a folder of listings for each page.
    """
    front_matter = FRONT_MATTER.match(text)
    named = CODE.search(front_matter[1]) if front_matter else None
    if named:
        return code / named[1]
    return page.parent if page.name == README else code / docname
