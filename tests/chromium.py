"""The Chromium of this machine, as tests start it and wait for what happens in it."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

# As readers have it.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same browser without what draws windows, which opens a page in half the time.
WITHOUT_WINDOWS = "chromium-headless-shell"
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


def find_chromium(*first: str) -> str:
    """The program that CHROMIUM names, or one that is found; empty if there is none.

    Args:
        first: Names of programs that are better than the usual ones.
    """
    found = filter(None, map(shutil.which, (*first, *NAMES)))
    return os.environ.get("CHROMIUM") or next(found, "")


def wait_until(page: Page, script: str, argument: Any = None, seconds: float = 120) -> None:
    """Waits until a script that may wait itself gives something true.

    `wait_for_function` takes the promise that such a script returns for its answer.

    Raises:
        AssertionError: It has not by then.
    """
    deadline = time.monotonic() + seconds
    while not page.evaluate(script, argument):
        assert time.monotonic() < deadline, f"still not so after {seconds} seconds: {script}"
        page.wait_for_timeout(50)
