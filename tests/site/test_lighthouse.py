"""Lighthouse, as on a phone. Speed depends on the machine, so it is told and not tested."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import ARGUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

PERFECT = ("accessibility", "best-practices", "seo")


@pytest.mark.parametrize("name", ["index", "sockets/udp", "python/lists"])
def test_lighthouse_misses_nothing(
    name: str,
    address: str,
    chromium: str,
    node_tool: Callable[..., CompletedProcess[str]],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    report = tmp_path / "report.json"
    done = node_tool(
        "lighthouse",
        f"{address}{name}.html",
        "--quiet",
        "--no-enable-error-reporting",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(PERFECT)},performance",
        f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}",
        CHROME_PATH=chromium,
    )
    assert report.is_file(), done.stderr
    found = json.loads(report.read_text(encoding="utf-8"))
    categories = found["categories"]
    score = round(100 * (categories["performance"]["score"] or 0))
    record_property("performance", f"{name}: {score} of 100 for speed on this machine")
    missed = [
        f"{category}: {audit['title']}: {audit.get('displayValue', '')}"
        for category in PERFECT
        for reference in categories[category]["auditRefs"]
        if reference["weight"]
        and (audit := found["audits"][reference["id"]])["score"] not in (1, None)
    ]
    assert not missed, "\n".join(missed)
    assert [categories[category]["score"] for category in PERFECT] == [1, 1, 1]
