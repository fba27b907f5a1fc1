"""The built site in Chromium, for what measures its live pages."""

import contextlib
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import psutil
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "build" / "html"
PYODIDE = ROOT / "node_modules" / "pyodide"
NPM_PYODIDE = "/npm/pyodide/"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
MILLISECONDS = 300_000


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files with types that browsers compile while they load, and writes nothing of it."""

    extensions_map: ClassVar[dict[str, str]] = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
    }

    def translate_path(self, path: str) -> str:
        """The file of a path; Pyodide as npm has it stands beside the site."""
        if path.startswith(NPM_PYODIDE):
            return str(PYODIDE / path.removeprefix(NPM_PYODIDE))
        return super().translate_path(path)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@dataclass(frozen=True)
class Site:
    """The site, and where it is served.

    Attributes:
        address: Without a slash at its end.
        scripts: Address of the folder of what is loaded at the first press.
    """

    address: str
    scripts: str

    @property
    def pyodide(self) -> str:
        """The address of Pyodide as npm has it, without what the site has done to it."""
        return f"{self.address}{NPM_PYODIDE}"

    def data(self, docname: str) -> str:
        """The address of what a page's script needs to know of the page."""
        [path] = (SITE / "_static" / "live" / "pages").glob(f"{docname}.*.json")
        return f"{self.address}/{path.relative_to(SITE).as_posix()}"


@contextlib.contextmanager
def served_site() -> Iterator[Site]:
    """Serves build/html on the loopback interface.

    Raises:
        SystemExit: The site is not built, or without live pages.
    """
    found = list((SITE / "_static" / "live").glob("*/page_run.js"))
    if not found:
        raise SystemExit(f"{SITE} has no live pages: build it with `nox -s docs`")
    handler = functools.partial(Handler, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        scripts = found[0].parent.relative_to(SITE).as_posix()
        try:
            yield Site(address, f"{address}/{scripts}/")
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium that CHROMIUM names, or one that is found.

    Raises:
        SystemExit: There is none.
    """
    named = os.environ.get("CHROMIUM")
    path = named or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise SystemExit("no Chromium found; CHROMIUM may name one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def new_page(context: BrowserContext) -> Page:
    """A tab that waits long, since the machine may be busy."""
    page = context.new_page()
    page.set_default_timeout(MILLISECONDS)
    return page


def megabytes(browser: Browser) -> float:
    """What the processes that show pages hold for themselves."""
    session: CDPSession = browser.new_browser_cdp_session()
    processes: list[dict[str, Any]] = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    total = 0.0
    for process in processes:
        if process["type"] == "renderer":
            with contextlib.suppress(psutil.Error):
                total += psutil.Process(process["id"]).memory_full_info().uss / 1e6
    return total
