"""Text that may be shown in a terminal, whoever sent it."""

_JOINERS = "\u200c\u200d"  # which some scripts and emoji need within words


def visible(line: bytes) -> str:
    """A line as text without its end.

    What cannot be printed is replaced, since a terminal might obey it: characters that move the
    cursor or change colours, and bytes that are no UTF-8.
    """
    text = line.decode(errors="replace").rstrip("\r\n").replace("\t", " ")
    return "".join(
        character if character.isprintable() or character in _JOINERS else "\ufffd"
        for character in text
    )
