"""How messages show bytes and name what a program did."""

from __future__ import annotations

LONGEST_SHOWN = 60
BEGINNING = 20


def shown(data: bytes) -> str:
    """The bytes as Python writes them; of many only the beginning, and how many they are."""
    if len(data) <= LONGEST_SHOWN:
        return repr(bytes(data))
    return f"{bytes(data[:BEGINNING])!r}... ({len(data)} bytes)"


def shown_text(text: str) -> str:
    """The text as Python writes it; of much only the end, where the trouble is."""
    if len(text) <= 3 * LONGEST_SHOWN:
        return repr(text)
    return f"...{text[-3 * LONGEST_SHOWN :]!r}"


def listed(parts: list[str]) -> str:
    """Joins parts as a sentence does: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)


def in_parentheses(hint: str) -> str:
    """A hint as the end of a message; nothing for no hint."""
    return f" ({hint})" if hint else ""
