"""What a page costs its reader, and that nothing goes wrong when it loads."""

from __future__ import annotations

import gzip
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from conftest import SITE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BUDGETS = tomllib.loads(Path(__file__).with_name("budgets.toml").read_text(encoding="utf-8"))
OWN_PICTURES = "/_images/"


@pytest.mark.parametrize(
    ("name", "budget"), [("site_bundle.css", "style_sheet"), ("light_theme.js", "script")]
)
def test_what_all_pages_share_is_within_its_budget(name: str, budget: str) -> None:
    assert compressed(f"_static/{name}") <= BUDGETS[budget]


def test_a_visit_is_light_and_without_errors(
    page_name: str, browser: Browser, address: str, shared: set[str]
) -> None:
    requests, errors = load(browser, address, page_name)
    assert not errors
    assert [url for url in requests if not url.startswith(address)] == []
    pictures = {url for url in requests if OWN_PICTURES in url}
    assert len(requests) - len(pictures) <= BUDGETS["requests"], requests
    weights = {url: compressed(urlsplit(url.removeprefix(address)).path) for url in requests}
    first = sum(weight for url, weight in weights.items() if url not in pictures)
    second = sum(weight for url, weight in weights.items() if url not in pictures | shared)
    assert first <= BUDGETS["first_visit"], weights
    assert sum(weights.values()) <= BUDGETS["with_pictures"], weights
    assert second <= BUDGETS["second_visit"], weights


@pytest.fixture(scope="session")
def shared(browser: Browser, address: str) -> set[str]:
    """What someone has already who has been to the first page."""
    requests, _ = load(browser, address, "index.html")
    return set(requests) - {f"{address}index.html"}


def load(browser: Browser, address: str, page_name: str) -> tuple[list[str], list[str]]:
    """What a page asks for, and what goes wrong, in a browser that has been nowhere before."""
    context = browser.new_context()
    page = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("response", lambda one: errors.append(one.url) if one.status >= 400 else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    page.goto(address + page_name, wait_until="networkidle")
    context.close()
    # Chromium without a window never asks for the icon, which every reader's browser does.
    all_requests = dict.fromkeys([*requests, f"{address}_static/favicon.svg"])
    return [url for url in all_requests if not url.startswith("data:")], errors


@cache
def compressed(path: str) -> int:
    return len(gzip.compress((SITE / path).read_bytes(), 6))
