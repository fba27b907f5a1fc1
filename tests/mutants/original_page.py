"""A page as it stands: its fences, its examples, its run, and its text with one change."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tested_pages.fences import fences
from tested_pages.pages import PageExample, parse_page
from tested_pages.results import PageResult


@dataclass(frozen=True)
class OriginalPage:
    """A page that passes.

    Attributes:
        docname: Its name, such as `sockets/udp`.
        docs: The folder of all pages.
        code_folder: The folder of its listings.
        result: What became of its examples when it ran unchanged.
    """

    docname: str
    docs: Path
    code_folder: Path
    result: PageResult

    @cached_property
    def path(self):
        return self.docs / f"{self.docname}.md"

    @cached_property
    def text(self):
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def lines(self):
        return self.text.splitlines()

    @cached_property
    def fences(self):
        return list(fences(self.text))

    @cached_property
    def examples(self):
        """Its examples, in page order."""
        parsed = [example.parsed for example in parse_page(self.path)]
        return [example for example in parsed if isinstance(example, PageExample)]

    @cached_property
    def listings(self):
        """Its listings, by their paths from the code folder."""
        return {
            path.relative_to(self.code_folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(self.code_folder.rglob("*.py"))
        }

    def reason_not_run(self, line):
        """Why the example at `line` was not run; "" if it was."""
        for example in self.result.examples:
            if example.line == line and example.outcome == "not run":
                return example.message
        return ""

    def with_lines(self, first, last, *new):
        """The page's text with other lines in place of those from `first` to `last`."""
        lines = [*self.lines[: first - 1], *new, *self.lines[last:]]
        return "\n".join(lines) + "\n"

    def with_end_of_line(self, number, old, new):
        """The page's text with a line that ends with `old` ending with `new`.

        Raises:
            ValueError: It does not end so: the fences were misread.
        """
        line = self.lines[number - 1]
        if not line.endswith(old):
            raise ValueError(f"{self.path}:{number}: {line!r} does not end with {old!r}")
        return self.with_lines(number, number, line[: len(line) - len(old)] + new)

    def without_line(self, number):
        """The page's text with one line less."""
        return self.with_lines(number, number)

    def with_line_doubled(self, number):
        """The page's text with a line that stands there twice."""
        return self.with_lines(number, number, self.lines[number - 1], self.lines[number - 1])
