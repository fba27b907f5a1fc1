"""The built site on loopback, compressed as a host would, and a browser that looks at it."""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from chromium import ARGUMENTS, WITHOUT_WINDOWS, find_chromium
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Another folder is for looking at a site that stands elsewhere.
SITE = Path(os.environ.get("SITE_FOLDER", Path(__file__).parents[2] / "build/html"))
NOT_FOUND = "404.html"
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")


def pages() -> list[str]:
    """All pages, as paths below the site."""
    files = (path for path in SITE.rglob("*.html") if "_static" not in path.parts)
    return sorted(path.relative_to(SITE).as_posix() for path in files)


def kinds_of_pages() -> list[str]:
    """One page of each kind, and the five largest."""
    largest = sorted(pages(), key=lambda page: (SITE / page).stat().st_size)[-5:]
    kinds = [
        "index.html",
        "start.html",
        "404.html",
        "search.html",
        "python/copying.html",
        "sockets/udp.html",
        "sockets/layers.html",
        "examples/server_race.html",
        "appendix/deck.html",
        "appendix/errors.html",
        "appendix/glossary.html",
    ]
    return list(dict.fromkeys([*kinds, *largest]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells what was measured and is not tested."""
    for report in terminalreporter.getreports("passed"):
        for _, sentence in report.user_properties:
            terminalreporter.write_line(str(sentence))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Gives a test the pages that it asks for by the name of its parameter."""
    if not (SITE / "index.html").is_file():
        raise pytest.UsageError(f"there is no site in {SITE}: build it with `nox -s docs`")
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", pages())
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", kinds_of_pages())


@functools.cache
def base() -> str:
    """The path of the site on its host; the page for wrong addresses knows it."""
    found = re.search(r'<base href="(.*?)">', (SITE / NOT_FOUND).read_text(encoding="utf-8"))
    return found[1] if found else "/"


@functools.cache
def headers_for_all() -> dict[str, str]:
    """What the site asks hosts to send with each file."""
    text = (SITE / "_headers").read_text(encoding="utf-8")
    rule = text.partition("/*\n")[2].partition("\n/")[0]
    return dict(line.strip().split(": ", 1) for line in rule.splitlines())


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site, text compressed, without a word."""

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(base()))

    def end_headers(self) -> None:
        for name, value in headers_for_all().items():
            self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in COMPRESSED or not path.is_file():
            return super().do_GET()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the site is served, with a slash at the end."""
    handler = functools.partial(Handler, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{base()}"
        server.shutdown()


def missing(what: str) -> NoReturn:
    """Says what cannot be looked at; on CI that is a failure."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(what)
    raise AssertionError


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program, as readers have it."""
    return _program()


def _program(*first: str) -> str:
    return find_chromium(*first) or missing("no Chromium found; CHROMIUM may name one")


@pytest.fixture(scope="session")
def node_tool() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a program that npm has installed here, by name and arguments."""
    tools = Path(__file__).with_name("node_modules") / ".bin"
    if not tools.is_dir():
        missing(f"npm has installed nothing in {tools.parent}: run `nox -s site`")
    # Node.js is in the environment of this Python.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    def run(name: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [shutil.which(name, path=str(tools)) or name, *arguments],
            env={**os.environ, "PATH": path, **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    program = _program(WITHOUT_WINDOWS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()
