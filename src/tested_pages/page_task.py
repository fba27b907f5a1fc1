"""What it takes to run a page, told by those who want it run to the process that runs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NETWORK_MODULES = re.compile(
    r"^\s*(?:>>> |\.\.\. )?(?:import|from)\s+"
    r"(?:socket|socketserver|asyncio|selectors|http|urllib|xmlrpc|smtplib|ftplib|poplib|imaplib)\b",
    re.MULTILINE,
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
    """

    docname: str
    path: Path
    docs: Path
    code_folder: Path
    deadline_seconds: float

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
    """Whether a page may open ports: it has terminals, or its code uses the network's modules."""
    page = task.path.read_text(encoding="utf-8")
    if "{terminal}" in page:
        return True
    listings = (path.read_text(encoding="utf-8") for path in task.code_folder.rglob("*.py"))
    return any(NETWORK_MODULES.search(code) for code in (page, *listings))
