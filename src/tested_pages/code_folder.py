"""The folder of a page's listings, in which its programs run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FRONT_MATTER = re.compile(r"---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^code:\s*(\S+)\s*$", re.MULTILINE)


def code_folder(text: str, docname: str, code: Path) -> Path:
    """The folder named as the page is, or the one that the page's front matter names as `code`.

    Args:
        text: The page's Markdown.
        docname: Its name, such as `sockets/udp`.
        code: The folder that holds a folder of listings for each page.
    """
    front_matter = FRONT_MATTER.match(text)
    named = CODE.search(front_matter[1]) if front_matter else None
    return code / (named[1] if named else docname)
