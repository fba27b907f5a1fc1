"""Small changes to a line, the same ones in every process."""

import random

from tested_pages.output_pattern import ELLIPSIS

NEIGHBOURS = {
    character: following
    for row in ("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789")
    for character, following in zip(row, row[1:] + row[0], strict=True)
}


def is_ellipsis(line):
    """Whether a line stands for any number of lines."""
    return line.strip() == ELLIPSIS


def with_other_character(line, length):
    """The line with one of its first `length` characters changed to a similar one.

    An `...` within the line stands for any text and is left alone, unless it is the whole line.
    """
    visible = [index for index in range(length) if not line[index].isspace()]
    if not is_ellipsis(line):
        elided = {
            index
            for start in range(len(line))
            if line.startswith(ELLIPSIS, start)
            for index in range(start, start + len(ELLIPSIS))
        }
        visible = [index for index in visible if index not in elided]
    if not visible:
        return "x" + line
    # The seed is the line itself, so that every process and every run makes the same choice.
    index = random.Random(line).choice(visible)
    return line[:index] + NEIGHBOURS.get(line[index], "x") + line[index + 1 :]


def first_difference(first, second):
    """Index of the first element that differs, or the length of the shorter list."""
    for index, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return index
    return min(len(first), len(second))
