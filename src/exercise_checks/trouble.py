"""What a program's traceback tells: which error, where in the reader's file, and what helps."""

from __future__ import annotations

import linecache
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exercise_checks.wording import listed

if TYPE_CHECKING:
    from pathlib import Path

TOO_MUCH_MEMORY = "use what has come and forget it, piece by piece"
# The second is what comes of a traceback when there is too little memory to finish it.
LAST_LINE = re.compile(r"^(?:object type name: )?([A-Za-z_][\w.]*)(:.*)?$", re.MULTILINE)
# The first that fits is taken; errors of other kinds speak for themselves.
HINTS = {
    "Bad file descriptor": "the socket has been closed before: talk first, then close",
    "not 'str'": "what travels is bytes: encode the text",
    "cannot be interpreted as an integer": "a port is a number: make an int of the text",
    "takes exactly one argument (2 given)": "an address is one argument, a tuple of host and port",
}
SERVER_HINTS = {
    "Address already in use": (
        "the port is free, but the system still remembers a connection there;"
        " socket.create_server takes it all the same"
    ),
    "ConnectionResetError": "catch ConnectionError: it costs the server one client, not its life",
    "ConnectionAbortedError": "catch ConnectionError: it costs the server one client, not its life",
    "BrokenPipeError": "catch ConnectionError: it costs the server one client, not its life",
    "UnicodeDecodeError": "not all bytes are text: catch the error",
    "TimeoutError": "catch it: one client that is slow must not end the server",
    "MemoryError": TOO_MUCH_MEMORY,
    "EOF when reading": "the server is not typed to: nothing should ask for input",
}
CLIENT_HINTS = {
    "EOF when reading": "the end of input is a way to end: catch EOFError",
}


@dataclass(frozen=True)
class Trouble:
    """An exception that a program ended with, or reported.

    Attributes:
        error: Its class's name.
        text: The last line of its traceback.
        line: Where in the reader's file it came up; 0 if nowhere there.
        file: The file's name.
    """

    error: str
    text: str
    line: int
    file: str

    def __str__(self) -> str:
        return self.text + (f" at {self.file}:{self.line}" if self.line else "")


def find(errors: str, path: Path) -> Trouble | None:
    """The last traceback, or syntax error, in what a program wrote to its standard error."""
    # The tracebacks of an exception group stand behind bars.
    errors = re.sub(r"^ *[|+] ?", "", errors, flags=re.MULTILINE)
    begin = errors.rfind("Traceback (most recent call last):")
    if begin < 0:
        begin = errors.rfind('  File "')
        if begin < 0 or not re.search(r"^\w*(Syntax|Indentation|Tab)Error", errors, re.MULTILINE):
            return None
    last = LAST_LINE.search(errors, errors.find("\n", begin) + 1)
    if last is None:
        return None
    name = last[1].rpartition(".")[2]
    lines = _lines_in(errors[begin:], path)
    return Trouble(name, name + (last[2] or ""), lines[-1] if lines else 0, path.name)


def hint(found: Trouble, role: str) -> str:
    """What helps against it; empty if the error says it all."""
    hints = HINTS | (SERVER_HINTS if role == "server" else CLIENT_HINTS)
    return next((hint for part, hint in hints.items() if part in found.text), "")


def places(dump: str, path: Path) -> str:
    """Where in the reader's file each thread is, by what faulthandler wrote; innermost lines."""
    found: list[str] = []
    for thread in re.split(r"^(?:Current thread|Thread) ", dump, flags=re.MULTILINE)[1:]:
        numbers = _lines_in(thread, path)
        if not numbers:
            continue
        source = linecache.getline(str(path), numbers[0]).strip()
        place = f"{path.name}:{numbers[0]}, {source!r}"
        if place not in found:
            found.append(place)
    return listed(found) if found else ""


def _lines_in(traceback: str, path: Path) -> list[int]:
    pattern = rf'File "{re.escape(str(path))}", line (\d+)'
    return [int(number) for number in re.findall(pattern, traceback)]
