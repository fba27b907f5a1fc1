"""The pages that are taken apart, and their mutants."""

from functools import cache
from pathlib import Path

import pytest
from broken_fences import fence_mutants
from broken_listings import listing_mutants
from original_page import OriginalPage
from renamed_fences import renaming_mutants
from shown_output import output_mutants

from tested_pages.page_runner import PageRunner

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CODE = ROOT / "src" / "tutorial_examples"
# A program that hangs is waited for this long; one that works takes much less, also on a busy
# machine.
DEADLINE_SECONDS = 8.0


def named_pages(names):
    """The pages that a comma-separated list names; "all" names all.

    Raises:
        pytest.UsageError: There is no such page.
    """
    if names == "all":
        paths = sorted(DOCS.rglob("*.md"))
        return [path.relative_to(DOCS).with_suffix("").as_posix() for path in paths]
    for docname in names.split(","):
        if not (DOCS / f"{docname}.md").is_file():
            raise pytest.UsageError(f"there is no page docs/{docname}.md")
    return names.split(",")


@cache
def original_page(docname):
    """A page that was run as it is.

    Raises:
        pytest.UsageError: It fails, so that nothing would follow from the failure of a mutant.
    """
    with PageRunner(DOCS, CODE, jobs=1, deadline_seconds=DEADLINE_SECONDS) as runner:
        [result] = runner.run([docname])
        code_folder = runner.task(docname).code_folder
    for failure in result.failures:
        raise pytest.UsageError(f"docs/{docname}.md:{failure.line}: {failure.message}")
    return OriginalPage(docname, DOCS, code_folder, result)


@cache
def changes_of(docname):
    """All mutants of a page, and what of it is free."""
    page = original_page(docname)
    kinds = (output_mutants, listing_mutants, fence_mutants, renaming_mutants)
    return [change for kind in kinds for change in kind(page)]
