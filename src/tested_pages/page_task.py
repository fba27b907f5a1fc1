"""What it takes to run a page, told by those who want it run to the process that runs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tested_pages.fences import fences

# UTF-8, with or without the mark that some editors put before it; as Sphinx reads pages.
PAGE_ENCODING = "utf-8-sig"
NETWORK_MODULES = re.compile(
    r"\b(?:socket|socketserver|asyncio|selectors|select|ssl|http|urllib|xmlrpc|wsgiref|smtplib"
    r"|ftplib|poplib|imaplib|multiprocessing)\b"
)


@dataclass(frozen=True)
class PageTask:
    """What it takes to run a page.

    Attributes:
        docname: The page's name, such as `sockets/udp`.
        path: Its Markdown file.
        docs: The folder of all pages.
        code_folder: The folder of its listings, where its programs run; it need not exist.
        deadline_seconds: How long one example may take.
        stops_at_failure: Whether the page ends at the first example that fails.
    """

    docname: str
    path: Path
    docs: Path
    code_folder: Path
    deadline_seconds: float
    stops_at_failure: bool = False

    def as_json(self) -> dict[str, Any]:
        """The task as JSON values."""
        return {
            name: str(value) if isinstance(value, Path) else value
            for name, value in vars(self).items()
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> PageTask:
        """The inverse of `as_json`."""
        paths = {name: Path(values[name]) for name in ("path", "docs", "code_folder")}
        return cls(**{**values, **paths})


def opens_ports(task: PageTask) -> bool:
    """Whether a page may open ports: it has terminals, or its code speaks of the network."""
    text = read_page(task.path)
    if "{terminal}" in text:
        return True
    listings = task.code_folder.rglob("*.py")
    code = [fence.body for fence in fences(text) if not fence.holds_markdown]
    code += [listing.read_text(encoding="utf-8", errors="replace") for listing in listings]
    return any(NETWORK_MODULES.search(text) for text in code)


def read_page(path: Path) -> str:
    """A page's Markdown.

    Raises:
        UnicodeDecodeError: It is not UTF-8.
    """
    return path.read_text(encoding=PAGE_ENCODING)


def not_utf_8(error: UnicodeDecodeError) -> tuple[int, str]:
    """The page's line (1-based) that cannot be read, and what to say of it."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return line, f"this is not UTF-8, as a page must be: {error.reason}"
