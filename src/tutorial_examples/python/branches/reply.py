"""Answer a line as a small server would.

Use it with `from reply import reply`.
"""


def reply(line):
    """Return the answer to a line: a command and what it is to work with."""
    match line.split():
        case ["upper", *words]:
            return " ".join(words).upper()
        case ["count", *words]:
            return str(len(words))
        case ["quit"]:
            return "bye"
        case _:
            return "what?"
