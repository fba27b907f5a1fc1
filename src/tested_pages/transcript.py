"""The text of a `{terminal}` fence, read as the steps of a person at a terminal.

The notation, line by line:

=================  ==============================================================
`$ command`        starts a program
`^C`, `^D`         presses the key
`⌨ text`           types a line where the program shows no prompt; `⌨ ⏎` an empty one
`Send: hello`      output; or a prompt, `Send: `, after which `hello` is typed: the
                   run tells which, since a program that waits has not ended its line
`Send: ^D`         a key pressed, or Enter alone (`⏎`), at a prompt
anything else      output; `...` stands for any text, as in doctest
=================  ==============================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

COMMAND_PROMPT = "$ "
TYPED_MARK = "⌨ "
ENTER = "⏎"
KEYS = {"^C": b"\x03", "^D": b"\x04"}
LOOKS_LIKE_KEY = re.compile(r"\^[A-Za-z\[\]\\_]")


@dataclass(frozen=True)
class Command:
    """A program to start; `text` is what stands after the `$`."""

    line: int
    text: str


@dataclass(frozen=True)
class Key:
    """A key to press; there are only `^C` and `^D`."""

    line: int
    name: str


@dataclass(frozen=True)
class Typed:
    """A line to type although the program shows no prompt."""

    line: int
    text: str


@dataclass(frozen=True)
class Output:
    """A line that the program prints, or its prompt with what is typed after it."""

    line: int
    text: str


Step: TypeAlias = Command | Key | Typed | Output


def read_transcript(body: str, first_line: int) -> list[Step]:
    """The steps of a fence.

    Args:
        body: The fence's text without its opening and closing line.
        first_line: Line number in the page of the body's first line (1-based).
    """
    steps: list[Step] = []
    for line, text in enumerate(body.removesuffix("\n").split("\n"), first_line):
        if text.startswith(COMMAND_PROMPT) or text == COMMAND_PROMPT.rstrip():
            steps.append(Command(line, text[len(COMMAND_PROMPT) :]))
        elif LOOKS_LIKE_KEY.fullmatch(text):
            steps.append(Key(line, text))
        elif text.startswith(TYPED_MARK):
            typed = text.removeprefix(TYPED_MARK)
            steps.append(Typed(line, "" if typed == ENTER else typed))
        else:
            steps.append(Output(line, text))
    return steps
