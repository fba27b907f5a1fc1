"""Sentences and figures about a run."""

import json

import pytest

from tested_pages.report import (
    count_outcomes,
    foot_sentences,
    network_sentence,
    page_report,
    report_text,
)
from tested_pages.results import ExampleResult, PageResult, failed_page


def example(outcome="passed", message="", line=3, kind="session"):
    return ExampleResult(kind, 2, line, outcome, 0.123456, message, artifact={"big": 1})


def page(*examples, docname="a/b"):
    return PageResult(
        docname, "3.13.1", "Linux 6.1", "own", 1.5, "2026-03-09T10:11:12+00:00", list(examples)
    )


SKIPPED = example("not run", "no python2.7 on this machine")
FAILED = example("failed", "the page shows something else")


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ([], "0 examples ran on 0 pages"),
        ([page(example())], "1 example ran on 1 page"),
        ([page(example(), example()), page(example())], "3 examples ran on 2 pages"),
        ([page(example(), FAILED)], "2 examples ran on 1 page, 1 not as shown"),
        (
            [page(example(), SKIPPED), page(SKIPPED, FAILED)],
            "2 examples ran on 2 pages, 1 not as shown, 2 not run (no python2.7 on this machine)",
        ),
        (
            [page(SKIPPED, example("not run", "needs a microphone"))],
            (
                "0 examples ran on 1 page, 1 not run (no python2.7 on this machine),"
                " 1 not run (needs a microphone)"
            ),
        ),
    ],
)
def test_a_build_says_what_ran(results, sentence):
    assert count_outcomes(results) == sentence


def test_a_build_says_how_pages_were_kept_apart():
    assert network_sentence("own", "") == "each page in a network of its own"
    assert network_sentence("shared", "it is so set") == (
        "pages that open ports one at a time, without a network of their own (it is so set)"
    )


@pytest.mark.parametrize(
    ("result", "foot"),
    [
        (page(), ""),
        (page(SKIPPED), ""),
        (
            page(example()),
            "The example on this page ran on 9 March 2026 with Python 3.13.1 on Linux.",
        ),
        (
            page(example(), example()),
            "All 2 examples on this page ran on 9 March 2026 with Python 3.13.1 on Linux.",
        ),
        (
            page(example(), example(), SKIPPED),
            (
                "All 2 examples on this page ran on 9 March 2026 with Python 3.13.1 on Linux."
                " 1 more was not run: no python2.7 on this machine."
            ),
        ),
        (
            page(example(), FAILED, SKIPPED, SKIPPED),
            (
                "1 of 2 examples did not come out as shown on 9 March 2026 with Python 3.13.1"
                " on Linux. 2 more were not run: no python2.7 on this machine."
            ),
        ),
        (
            failed_page("a/b", "own", 5, "it crashed"),
            "1 of 1 example did not come out as shown.",
        ),
    ],
)
def test_a_page_says_at_its_foot_what_ran(result, foot):
    assert foot_sentences(result) == foot


def test_the_report_has_all_that_is_known_of_each_example():
    report = page_report(page(example(), SKIPPED))
    assert report == {
        "python": "3.13.1",
        "system": "Linux 6.1",
        "network": "own",
        "seconds": 1.5,
        "ran_at": "2026-03-09T10:11:12+00:00",
        "examples": [
            {"line": 3, "kind": "session", "seconds": 0.1235, "result": "passed"},
            {
                "line": 3,
                "kind": "session",
                "seconds": 0.1235,
                "result": "not run",
                "message": "no python2.7 on this machine",
            },
        ],
    }
    [failed] = page_report(page(FAILED))["examples"]
    assert (failed["result"], failed["message"]) == ("failed", "the page shows something else")


def test_the_report_is_json_with_pages_in_order():
    entries = {"b": page_report(page(example())), 'a"c': page_report(page(FAILED))}
    pages = {docname: json.dumps(entry, indent=1) for docname, entry in entries.items()}
    report = json.loads(report_text(pages, {"live": {"can_run": 1}}))
    assert report == {"pages": entries, "live": {"can_run": 1}}
    assert list(report["pages"]) == ['a"c', "b"]
    assert json.loads(report_text({}, {})) == {"pages": {}}


def test_failures_are_in_page_order():
    lines = [9, 2, 5]
    result = page(*(example("failed", "wrong", line) for line in lines), example(line=1))
    assert [failure.line for failure in result.failures] == sorted(lines)


def test_a_fence_finds_what_its_run_left():
    terminal = ExampleResult("terminal", 7, 9, "passed", 0.1, artifact=[["output", "x"]])
    result = page(ExampleResult("session", 5, 6, "passed", 0.1), terminal)
    assert result.artifact_at(7) == [["output", "x"]]
    assert result.artifact_at(5) is None
    assert result.artifact_at(9) is None
