"""What a page does with the listings in its folder, and what a listing imports."""

from __future__ import annotations

import ast
import doctest
import re
import shlex
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from tested_pages.fences import LITERAL_DIRECTIVES, Fence, fences
from tested_pages.transcript import Command, read_transcript

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]
LISTINGS = Path("src", "tutorial_examples")
PAGES = Path("docs")
TESTS = Path("tests", "tutorial_examples")


@dataclass(frozen=True)
class Import:
    """One name that a program imports: `module` in full, relative dots resolved.

    Attributes:
        module: `shop.prices` for `import shop.prices`; `from shop import prices` gives two of
            these, `shop` and `shop.prices`: the line cannot tell a module from a function.
        line: Where (1-based).
        is_relative: Whether it was written with leading dots.
    """

    module: str
    line: int
    is_relative: bool = False


def imports_of(source: str, package: str = "") -> Iterator[Import]:
    """All imports, those inside functions included.

    Args:
        source: Valid Python.
        package: The package that the source's module is in, `""` if in none.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield Import(name.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")
            above = parents[: len(parents) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield Import(module, node.lineno, node.level > 0)
            for name in node.names:
                yield Import(f"{module}.{name.name}", node.lineno, node.level > 0)


def module_name(path: Path, folder: Path) -> str:
    """The name by which a program started in `folder` imports the file `path`."""
    parts = path.relative_to(folder).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_name(path: Path, folder: Path) -> str:
    """The package that the file's module is in, seen from `folder`; `""` if in none."""
    return ".".join(path.relative_to(folder).parent.parts)


class PageText:
    """What a page says of listings.

    Attributes:
        included: Files that it includes with literalinclude.
        started: Files that its terminals start, relative to the page's code folder.
        imported: Modules that its sessions, its code and its terminals import or start by `-m`.
        prose: Its text without what is in fences, except for directives that hold prose themselves.
    """

    def __init__(self, path: Path, docs: Path) -> None:
        text = path.read_text(encoding="utf-8")
        self.included: set[Path] = set()
        self.started: set[str] = set()
        self.imported: set[str] = set()
        lines = text.splitlines()
        for fence in fences(text):
            if not fence.directive or fence.directive in LITERAL_DIRECTIVES:
                first = fence.line - 1
                last = fence.body_line - 1 + len(fence.body.splitlines())
                lines[first:last] = [""] * (last - first)
            if fence.directive == "literalinclude":
                absolute = fence.argument.startswith("/")
                start = docs if absolute else path.parent
                self.included.add((start / fence.argument.lstrip("/")).resolve())
            elif fence.directive == "terminal":
                self._read_terminal(fence)
                self._read_session(fence.body)
            elif not fence.directive and fence.argument == "python":
                if fence.body.startswith(">>>"):
                    self._read_session(fence.body)
                else:
                    self._read_code(fence.body)
        self.prose = "\n".join(lines)

    def names(self, file_name: str) -> bool:
        """Whether the prose names the file."""
        return re.search(rf"(?<!\w){re.escape(file_name)}(?!\w)", self.prose) is not None

    def _read_terminal(self, fence: Fence) -> None:
        for step in read_transcript(fence.body, fence.body_line):
            if isinstance(step, Command):
                program, *words = shlex.split(step.text)
                if program != "python":
                    continue
                self.started.update(Path(word).as_posix() for word in words if word.endswith(".py"))
                for option, value in pairwise(words):
                    if option == "-m":
                        self.imported.update({value, f"{value}.__main__"})
                    elif option == "-c":
                        self._read_code(value)

    def _read_session(self, body: str) -> None:
        for example in doctest.DocTestParser().get_examples(body):
            self._read_code(example.source)

    def _read_code(self, source: str) -> None:
        try:
            self.imported.update(found.module for found in imports_of(source))
        except SyntaxError:
            return  # a page may show a mistake; the run tells whether it is the one it shows
