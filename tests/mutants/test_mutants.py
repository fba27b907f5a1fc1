"""Each mutant of a page fails, at the right line."""

from collections import Counter

import pytest
from mutant import Free
from mutated_pages import changes_of, original_page


def test_the_machine_notices(mutant, workplace, note):
    failures = workplace.run_page(original_page(mutant.docname), mutant).failures
    if mutant.is_figure:
        note("statement missed" if failures else "statement not missed")
        return
    if not failures:
        note("survived")
        pytest.fail("nobody noticed", pytrace=False)
    first = failures[0]
    if first.line not in mutant.right_lines:
        note("wrong line")
        lines = f"{min(mutant.right_lines)} to {max(mutant.right_lines)}"
        pytest.fail(f"line {first.line}, not in {lines}: {first.message}", pytrace=False)
    note("right line")


def test_what_is_free_is_so_by_a_rule(docname, note):
    reasons = Counter(change.reason for change in changes_of(docname) if isinstance(change, Free))
    for reason, count in reasons.items():
        note(f"free: {reason}", count)
