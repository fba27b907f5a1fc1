"""Shows the examples of pages as pytest items; a page runs once, in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tested_pages.host_process import RunnerError
from tested_pages.page_paths import page_name
from tested_pages.page_runner import PageRunner
from tested_pages.page_task import not_utf_8
from tested_pages.pages import pages_sybil

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    from tested_pages.results import ExampleResult, PageResult

RUNNER = pytest.StashKey[PageRunner]()
END_OF_PAGE = -1


class ExampleNotAsShown(Exception):
    """An example failed; the message begins with the page's file and line."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Lets pyproject.toml say where the pages and their listings are."""
    parser.addini("tested_pages_docs", "folder of the pages", default="docs")
    parser.addini("tested_pages_code", "folder of the listings", default="src/tutorial_examples")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PageFile | None:
    """Takes the pages of the configured folder, and no other Markdown."""
    if page_name(file_path, _docs(parent.config)):
        page: PageFile = PageFile.from_parent(parent, path=file_path)
        return page
    return None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends the process that runs the pages."""
    runner = config.stash.get(RUNNER, None)
    if runner:
        runner.close()


class PageFile(pytest.File):
    """A page. Its first item runs it whole, so that choosing one example runs those before it."""

    _result: PageResult | None = None

    def collect(self) -> Iterator[pytest.Item]:
        """One item an example, and one for what is only known at the end of the page."""
        try:
            document = pages_sybil(_docs(self.config)).parse(self.path)
        except UnicodeDecodeError as error:
            line, message = not_utf_8(error)
            raise self.CollectError(f"{shown_path(self)}:{line}: {message}") from error
        examples = [example for example in document if not isinstance(example.parsed, tuple)]
        for index, example in enumerate(examples):
            name = f"line {example.line}: {example.parsed.kind}"
            item: PageItem = PageItem.from_parent(self, name=name)
            item.index, item.line = index, example.line
            yield item
        if examples:
            item = PageItem.from_parent(self, name="end of the page")
            item.index, item.line = END_OF_PAGE, examples[-1].line
            yield item

    @property
    def result(self) -> PageResult:
        """What became of the page's examples; runs them the first time."""
        if self._result is None:
            docname = page_name(self.path, _docs(self.config))
            [self._result] = _runner(self.config).run([docname] if docname else [])
        return self._result


class PageItem(pytest.Item):
    """One example of a page."""

    parent: PageFile
    index: int
    line: int

    def runtest(self) -> None:
        """Looks up what became of the example."""
        results = self.parent.result.examples
        examples = [result for result in results if result.kind != "page"]
        others = [result for result in results if result.kind == "page"]
        if self.index == END_OF_PAGE:
            for result in others:
                self._check(result)
        elif self.index < len(examples):
            self._check(examples[self.index])
        else:
            pytest.fail("the page did not get this far; see its end", pytrace=False)

    def _check(self, result: ExampleResult) -> None:
        if result.outcome == "failed":
            raise ExampleNotAsShown(f"{shown_path(self)}:{result.line}: {result.message}")
        if result.outcome == "not run":
            pytest.skip(result.message)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: None = None) -> str:  # type: ignore[override]
        """The failure's own words, without a traceback through the machine."""
        if isinstance(excinfo.value, ExampleNotAsShown | RunnerError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Where the example stands, for pytest's headings."""
        return self.path, self.line - 1, f"{shown_path(self)}:{self.line}"


def shown_path(node: pytest.Item | pytest.Collector) -> Path:
    """The page's path as failures show it: from the root on."""
    root = node.config.rootpath
    return node.path.relative_to(root) if node.path.is_relative_to(root) else node.path


def _docs(config: pytest.Config) -> Path:
    return config.rootpath / str(config.getini("tested_pages_docs"))


def _runner(config: pytest.Config) -> PageRunner:
    runner = config.stash.get(RUNNER, None)
    if runner is None:
        code = config.rootpath / str(config.getini("tested_pages_code"))
        runner = config.stash[RUNNER] = PageRunner(_docs(config), code, jobs=1)
    return runner
