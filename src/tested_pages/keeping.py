"""What is kept of each page from build to build, outside Sphinx's environment.

Sphinx keeps its environment in one file, which every build reads whole, and which it writes whole
for one edited page. So only what a build has to know of all pages belongs there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Value = TypeVar("Value")


class OfThisBuild(dict[str, Value]):
    """A dictionary that may stand in Sphinx's environment: in the next build it is empty."""

    def __reduce__(self) -> tuple[type[OfThisBuild[Value]], tuple[()]]:
        """How it is stored: without what is in it."""
        return type(self), ()


class KeptTexts:
    """A text of each page in a file of its own, beside Sphinx's file of the page.

    Args:
        app: The build.
        name: What the texts are; no other extension's.
    """

    def __init__(self, app: Sphinx, name: str) -> None:
        self._folder = Path(app.doctreedir, name)

    def keep(self, docname: str, text: str) -> None:
        """Keeps a page's text instead of the last one."""
        path = self._path(docname)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def has(self, docname: str) -> bool:
        """Whether there is a text of the page."""
        return self._path(docname).is_file()

    def text(self, docname: str) -> str:
        """The page's text.

        Raises:
            OSError: There is none.
        """
        return self._path(docname).read_text(encoding="utf-8")

    def forget(self, docname: str) -> None:
        """Drops a page's text, if there is one."""
        self._path(docname).unlink(missing_ok=True)

    def _path(self, docname: str) -> Path:
        return self._folder / f"{docname}.json"


def write_if_changed(path: Path, text: str) -> None:
    """Writes a file unless it says so already."""
    data = text.encode()
    if not path.is_file() or path.read_bytes() != data:
        path.write_bytes(data)
