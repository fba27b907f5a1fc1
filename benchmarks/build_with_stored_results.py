"""Builds the site as Sphinx does, but takes the results of its examples from a file.

Started as `python build_with_stored_results.py RESULTS ARGUMENTS-OF-SPHINX...`; the rest of the
build is the same, so that the difference is what it costs to run the examples.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.cmd.build import main

from tested_pages import sphinx_extension
from tested_pages.page_runner import PageRunner
from tested_pages.results import PageResult


class StoredResults(PageRunner):
    """Stands in for what runs pages."""

    stored: dict[str, PageResult]

    def start(self) -> None:
        """Nothing has to be started."""

    def run(self, docnames: Iterable[str]) -> Iterator[PageResult]:
        """The results of an earlier run."""
        for docname in docnames:
            yield self.stored[docname]


if __name__ == "__main__":
    values = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    results = [PageResult.from_json(value) for value in values]
    StoredResults.stored = {result.docname: result for result in results}
    sphinx_extension.was_edited = lambda _app: False
    sphinx_extension.PageRunner = StoredResults  # type: ignore[misc]
    sys.exit(main(sys.argv[2:]))
