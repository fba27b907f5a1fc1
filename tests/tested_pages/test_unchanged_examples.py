"""Whether what a page's examples did is still so after an edit."""

from pathlib import Path

import pytest

from tested_pages import unchanged_examples
from tested_pages.results import ExampleResult, PageResult
from tested_pages.unchanged_examples import example_lines, result_as_text, unchanged_result

PAGE = Path("page.md")
TEXT = "Words.\n\n```python2\nprint 1\n```\n"


@pytest.mark.parametrize(
    ("outcome", "found", "is_kept"),
    [
        ("passed", None, True),
        ("passed", ("python2.7", "2.7.18"), True),
        ("not run", None, True),
        ("not run", ("python2.7", "2.7.18"), False),
    ],
)
def test_python_2_that_is_still_missing_is_no_reason_to_run(monkeypatch, outcome, found, is_kept):
    monkeypatch.setattr(unchanged_examples, "find_python2", lambda _environment: found)
    result = PageResult("page", "3.12.1", "Linux 6", "own", 1.0)
    result.examples.append(ExampleResult("python2", 3, 4, outcome, 0.1))
    kept = result_as_text(result, example_lines(TEXT, PAGE))
    now = unchanged_result(kept, example_lines(f"More.\n\n{TEXT}", PAGE))
    assert (now is not None) == is_kept
    if now:
        assert [(each.fence_line, each.line) for each in now.examples] == [(5, 6)]


def test_a_skipped_example_may_run_today(monkeypatch):
    monkeypatch.setattr(unchanged_examples, "find_python2", lambda _environment: None)
    result = PageResult("page", "3.12.1", "Linux 6", "own", 1.0)
    result.examples.append(ExampleResult("code", 3, 4, "not run", 0.0))
    lines = example_lines(TEXT, PAGE)
    assert unchanged_result(result_as_text(result, lines), lines) is None
