"""What the process that runs a page tells the one that started it: JSON values, one a line."""

from __future__ import annotations

import json
import math
import time
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from tested_pages.quoting import with_printed
from tested_pages.results import ExampleResult, PageResult, failed_page

if TYPE_CHECKING:
    from pathlib import Path

    from tested_pages.results import Network

# What the page's process prints goes to this file in the folder that it is given.
OUTPUT_FILE = "output"
# An example's own deadline comes first; this is for one that keeps even that from being noticed.
GRACE_FACTOR, GRACE_SECONDS = 1.5, 10.0
KILLED = "the example did not end in time, and the page's process was killed"


@dataclass(frozen=True)
class Place:
    """Where a page's run is.

    Attributes:
        line: The page's line (1-based) of the example that runs from now on.
        printed: How much was printed before it, in bytes of the output file.
    """

    line: int
    printed: int


Message: TypeAlias = Place | ExampleResult | PageResult


def as_line(message: Message) -> bytes:
    """The message as it is sent."""
    match message:
        case Place():
            values = {"place": asdict(message)}
        case ExampleResult():
            values = {"example": asdict(message)}
        case PageResult():
            values = {"page": message.as_json()}
    return json.dumps(values).encode() + b"\n"


@dataclass
class Received:
    """All that a page's process has told so far.

    Attributes:
        place: Where it is.
        overdue_at: When the running example has to be over, by `time.monotonic()`.
        examples: Results of the examples that are over.
        result: The result of the page; None as long as there is none.

    Args:
        deadline_seconds: How long one example may take.
    """

    deadline_seconds: float
    place: Place = field(default_factory=lambda: Place(1, 0))
    overdue_at: float = math.inf
    examples: list[ExampleResult] = field(default_factory=list)
    result: PageResult | None = None
    _unread: bytes = b""

    def take(self, piece: bytes) -> None:
        """Takes what has come, which may end within a line."""
        *lines, self._unread = (self._unread + piece).split(b"\n")
        for line in lines:
            match json.loads(line):
                case {"place": place}:
                    self.place = Place(**place)
                    seconds = self.deadline_seconds * GRACE_FACTOR + GRACE_SECONDS
                    self.overdue_at = time.monotonic() + seconds
                case {"example": example}:
                    self.examples.append(ExampleResult(**example))
                case {"page": page}:
                    self.result = PageResult.from_json(page)

    def is_overdue(self) -> bool:
        """Whether the running example should have been stopped by its own process long ago."""
        return time.monotonic() > self.overdue_at

    def result_or_failure(
        self, docname: str, network: Network, folder: Path, reason: str
    ) -> PageResult:
        """The page's result; if there is none, a failure of the example that ran last.

        Args:
            docname: The page's name.
            network: Whether it had a network of its own.
            folder: The folder that its process was given.
            reason: Why there is no result.
        """
        if self.result:
            return self.result
        output = folder / OUTPUT_FILE
        printed = output.read_bytes()[self.place.printed :] if output.exists() else b""
        message = with_printed(reason, printed.decode("utf-8", "replace"))
        result = failed_page(docname, network, self.place.line, message)
        return replace(result, examples=[*self.examples, *result.examples])
