"""Sentences and figures about a run, for the console, for `examples.json` and for readers."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tested_pages.results import Network, PageResult


def count_outcomes(results: Iterable[PageResult]) -> str:
    """How many examples on how many pages passed, failed or were not run, and why not."""
    results = list(results)
    examples = [example for result in results for example in result.examples]
    outcomes = Counter(example.outcome for example in examples)
    ran = outcomes["passed"] + outcomes["failed"]
    sentence = f"{_counted(ran, 'example')} ran on {_counted(len(results), 'page')}"
    if outcomes["failed"]:
        sentence += f", {outcomes['failed']} not as shown"
    reasons = Counter(example.message for example in examples if example.outcome == "not run")
    for reason, count in reasons.items():
        sentence += f", {count} not run ({reason})"
    return sentence


def network_sentence(network: Network, refusal: str) -> str:
    """Which way pages were kept apart."""
    if network == "own":
        return "each page in a network of its own"
    return f"pages that open ports one at a time, without a network of their own ({refusal})"


def foot_sentences(result: PageResult) -> str:
    """What the foot of a page says; empty for a page without examples."""
    outcomes = Counter(example.outcome for example in result.examples)
    ran = outcomes["passed"] + outcomes["failed"]
    if not ran:
        return ""
    day = datetime.fromisoformat(result.ran_at) if result.ran_at else None
    when = f" on {day.day} {day:%B %Y}" if day else ""
    where = f" with Python {result.python} on {result.system.split()[0]}" if result.python else ""
    if outcomes["failed"]:
        text = f"{outcomes['failed']} of {_counted(ran, 'example')} did not come out as shown"
    elif ran == 1:
        text = "The example on this page ran"
    else:
        text = f"All {ran} examples on this page ran"
    text += f"{when}{where}."
    reasons = Counter(
        example.message for example in result.examples if example.outcome == "not run"
    )
    for reason, count in reasons.items():
        text += f" {count} more {'was' if count == 1 else 'were'} not run: {reason}."
    return text


def page_report(result: PageResult) -> dict[str, Any]:
    """What `examples.json` says of a page: what ran it, and its examples one by one."""
    values = result.as_json()
    del values["docname"]
    values["examples"] = [
        {
            "line": example.line,
            "kind": example.kind,
            "seconds": round(example.seconds, 4),
            "result": example.outcome,
            **({"message": example.message} if example.message else {}),
        }
        for example in result.examples
    ]
    return values


def report_text(pages: Mapping[str, str], more: Mapping[str, Any]) -> str:
    """The content of `examples.json`.

    Args:
        pages: `page_report` of each page as JSON, by its name.
        more: What the report says besides, as JSON values.
    """
    entries = [f"{json.dumps(docname)}: {pages[docname]}" for docname in sorted(pages)]
    members = ['"pages": {\n' + ",\n".join(entries) + "\n}"]
    members += [
        f"{json.dumps(name)}: {json.dumps(value, indent=1, ensure_ascii=False)}"
        for name, value in more.items()
    ]
    return "{\n" + ",\n".join(members) + "\n}\n"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
