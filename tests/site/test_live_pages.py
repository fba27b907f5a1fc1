"""Live pages as hosts serve them, with the policy of the site."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from conftest import SITE, missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

# Python is loaded by a machine that may be busy with other things.
GENEROUS_MILLISECONDS = 200_000


@pytest.mark.parametrize(
    ("example", "block_kind", "action"),
    [("sockets/udp.html", "terminals", "play"), ("python/lists.html", "session", "run")],
)
def test_what_runs_in_the_page_is_within_its_policy(
    example: str, block_kind: str, action: str, browser: Browser, address: str
) -> None:
    with watched_page(browser, address) as page:
        page.goto(address + example)
        block = page.locator(f'[data-live-kind="{block_kind}"]:not([data-live-reason])').first
        block.locator(f'[data-live-action="{action}"]').click()
        block.locator(".live-status", has_text="It printed the same as on the page.").wait_for()


def test_what_checks_an_answer_is_within_the_policy(browser: Browser, address: str) -> None:
    with watched_page(browser, address) as page:
        page.goto(f"{address}sockets/tcp.html")
        exercise = page.locator('[data-live-exercise="server"]')
        exercise.locator('[data-live-action="answer"]').click()
        exercise.locator('[data-live-action="check"]').click()
        message = "nobody listens there; your server has ended with exit status 0"
        exercise.locator(".live-verdict", has_text=message).wait_for()


@contextmanager
def watched_page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that must not complain of anything, or ask another host, or be without a policy."""
    if not (SITE / "_static/live/live.js").is_file():
        missing("the pages of this site are not live: npm has not installed what they need")
    context = browser.new_context()
    context.set_default_timeout(GENEROUS_MILLISECONDS)
    errors: list[str] = []
    hosts: set[str] = set()
    context.on("request", lambda request: hosts.add(request.url))
    context.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    context.on("weberror", lambda one: errors.append(str(one.error)))
    page = context.new_page()
    yield page
    assert not errors
    assert not [url for url in hosts if not url.startswith((address, "data:", "blob:"))]
    # The policy is there, or the above would say nothing.
    refused = page.evaluate("""async () => {
      const violated = new Promise((resolve) =>
        addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective)));
      const script = document.createElement("script");
      script.textContent = "document.title = 'changed'";
      document.head.append(script);
      return violated;
    }""")
    assert refused == "script-src-elem"
    context.close()
