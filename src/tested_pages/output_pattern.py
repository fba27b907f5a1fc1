"""Lines that a page shows, as a pattern for what a program prints.

Within a line, `...` stands for any text of that line; on a line of its own, for any number of
whole lines, none included.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePath

import regex

ELLIPSIS = "..."
TRACEBACK = "Traceback (most recent call last):"


class OutputPattern:
    """Compares printed text with the lines that a page shows, also while it is still coming in.

    Args:
        lines: The page's lines, without their newlines.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    @cached_property
    def _pattern(self) -> regex.Pattern[str]:
        return regex.compile("".join(_line_pattern(line) for line in self.lines))

    def end_of_match(self, text: str) -> int | None:
        """How much of the beginning of `text` is exactly these lines; None if it is not."""
        found = self._pattern.match(text)
        return found.end() if found else None

    def hides_error(self, text: str) -> bool:
        """Whether `text` has a traceback, of which the last of these lines hides the last line."""
        return bool(self.lines) and _is_ellipsis(self.lines[-1]) and TRACEBACK in text

    def may_become_match(self, text: str) -> bool:
        """Whether `text` begins with these lines, or more output can still make it so."""
        return self._pattern.match(text, partial=True) is not None

    def matches_whole(self, text: str) -> bool:
        """Whether `text` is these lines and nothing else."""
        # Most examples end here, so that their pattern never has to be made.
        if text == "".join(f"{line}\n" for line in self.lines):
            return True
        return self._pattern.fullmatch(text) is not None

    def as_printed(self, text: str) -> str:
        """The lines as the reader shall see them, for a `text` that matches whole.

        A `...` within a line is replaced by what the program printed there, unless that holds a
        path of this machine.

        Raises:
            ValueError: The text does not match.
        """
        found = self._pattern.fullmatch(text)
        if found is None:
            raise ValueError("the text is not what these lines show")
        printed = iter(found.groups())
        shown = ""
        for line in self.lines:
            if _is_ellipsis(line):
                shown += line + "\n"
                continue
            first, *others = line.split(ELLIPSIS)
            shown += first
            for other, filled in zip(others, printed, strict=False):
                shown += (ELLIPSIS if _is_path(filled) else filled) + other
            shown += "\n"
        return shown

    def first_difference(self, text: str) -> int:
        """Index of the first line that `text` does not show; `len(lines)` if it shows them all."""
        for count in range(1, len(self.lines) + 1):
            if OutputPattern(self.lines[:count]).end_of_match(text) is None:
                return count - 1
        return len(self.lines)


def _is_ellipsis(line: str) -> bool:
    return line.strip() == ELLIPSIS


def _line_pattern(line: str) -> str:
    if _is_ellipsis(line):
        # Possessive, since without it the time would grow with the square of the text.
        return r"(?:[^\n]*+\n)*?"
    return r"([^\n]*?)".join(regex.escape(part) for part in line.split(ELLIPSIS)) + r"\n"


def _is_path(printed: str) -> bool:
    return len(PurePath(printed).parts) > 1 or "\\" in printed
