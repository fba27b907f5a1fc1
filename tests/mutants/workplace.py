"""Where mutants run: copies of pages and listings, so that the checkout stays as it is."""

import shutil

from mutated_pages import DEADLINE_SECONDS

from tested_pages.code_folder import code_folder
from tested_pages.page_runner import PageRunner


class Workplace:
    """A folder of pages, a folder of listings, and what runs them; a context manager.

    Args:
        folder: An empty folder.
    """

    def __init__(self, folder):
        self._docs, self._code = folder / "docs", folder / "code"
        self._docs.mkdir()
        self._code.mkdir()
        # Mostly the first failure that comes up tells; a later one may stand before it on the page.
        self._runners = [
            PageRunner(
                self._docs,
                self._code,
                jobs=1,
                deadline_seconds=DEADLINE_SECONDS,
                stop_at_failure=stop,
            )
            for stop in (True, False)
        ]

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for runner in self._runners:
            runner.close()

    def run_page(self, page, mutant=None):
        """The result of a page, or of a mutant of it."""
        path, listings = write_page(page, page.docname, self._docs, self._code, mutant)
        try:
            for runner in self._runners:
                [result] = runner.run([page.docname])
                first = result.failures[0].line if result.failures else None
                if mutant is None or first in mutant.right_lines:
                    break
        finally:
            path.unlink()
            shutil.rmtree(listings, ignore_errors=True)
        return result


def write_page(page, docname, docs, code, mutant=None):
    """Writes a page, or a mutant of it, under some name.

    Returns:
        The page's path, and the folder of its listings.
    """
    path = docs / f"{docname}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(mutant.text if mutant else page.text, encoding="utf-8")
    listings = code_folder(page.text, path, docname, code)
    if page.code_folder.is_dir():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(page.code_folder, listings, ignore=ignored, dirs_exist_ok=True)
    if mutant and mutant.listing:
        (listings / mutant.listing).write_text(mutant.source, encoding="utf-8")
    return path, listings
