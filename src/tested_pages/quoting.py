"""Printed text within the message of a failure."""

from __future__ import annotations

# So many lines from the beginning and as many from the end, and so much of a line.
REPORTED_LINES, REPORTED_CHARACTERS = 200, 1000


def quoted(title: str, text: str) -> str:
    """The title and below it the text, indented, without the middle of what is very long.

    Args:
        title: Ends in a colon.
        text: What was printed; for none at all, the answer is empty.
    """
    if not text:
        return ""
    lines = text.splitlines()
    left_out = len(lines) - 2 * REPORTED_LINES
    if left_out > 0:
        lines[REPORTED_LINES:-REPORTED_LINES] = [f"({left_out} more lines)"]
    return title + "".join(f"\n    {_shortened(line)}" for line in lines)


def with_printed(reason: str, printed: str) -> str:
    """The reason of a failure and what was printed."""
    return reason + (quoted("; printed:", printed) or "; nothing was printed")


def _shortened(line: str) -> str:
    more = len(line) - REPORTED_CHARACTERS
    return line if more <= 0 else f"{line[:REPORTED_CHARACTERS]} ({more} more characters)"
