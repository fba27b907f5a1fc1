"""Keep what happened in a list.

Use it with `from remember import remember`.
"""


def remember(entry: str, log: list[str] | None = None) -> list[str]:
    """Append an entry to a list, or to a new one, and return the list."""
    if log is None:
        log = []
    log.append(entry)
    return log
