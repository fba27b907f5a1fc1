"""Pages of a test's own, written into a temporary tree and run as those of the site are."""

import subprocess
import sys
import textwrap
from dataclasses import dataclass

import pytest

from tested_pages.page_runner import PageRunner

# Deadlines only end what would never end; no result depends on how fast the machine is.
GENEROUS = 60.0
SHORT = 5.0

needs_terminals = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pseudo-terminals"
)
needs_forks = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork processes")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, which Linux has")
# Asked in a process of its own, since pytest may have threads in this one.
ASK_FOR_REFUSAL = """\
from tested_pages.loopback_network import own_network_refusal
print(own_network_refusal(), end="")
"""
REFUSAL = subprocess.run(
    [sys.executable, "-c", ASK_FOR_REFUSAL], capture_output=True, text=True, check=True
).stdout
needs_own_network = pytest.mark.skipif(REFUSAL != "", reason=f"no network of one's own: {REFUSAL}")


@dataclass
class Failure:
    """What went wrong on a page."""

    line: int
    message: str


class WrittenPages:
    """A `docs` folder and a folder of listings, in which each test has a folder of its own."""

    def __init__(self, root):
        self.docs, self.code = root / "docs", root / "code"
        for folder in (self.docs, self.code):
            folder.mkdir(parents=True, exist_ok=True)
        self._runners = {}
        self._count = 0

    def new_name(self):
        """The name of a page that no other test has."""
        self._count += 1
        return f"test{self._count}/page"

    def write(self, text, listings=None, docname=None):
        """Writes a page, with the indentation of the test's code taken off; returns its name."""
        docname = docname or self.new_name()
        path = self.docs / f"{docname}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8", newline="\n")
        for name, listing in (listings or {}).items():
            self.write_listing(docname, name, listing)
        return docname

    def write_listing(self, docname, name, text):
        """Writes a file of the page's code folder."""
        path = self.code / docname / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8", newline="\n")

    def runner(self, deadline=GENEROUS):
        """The runner of all tests that have this deadline."""
        if deadline not in self._runners:
            self._runners[deadline] = PageRunner(
                self.docs, self.code, jobs=1, deadline_seconds=deadline
            )
        return self._runners[deadline]

    def run(self, text, listings=None, deadline=GENEROUS):
        """Writes a page, runs it, and returns its result."""
        [result] = self.runner(deadline).run([self.write(text, listings)])
        return result

    def run_together(self, cases, deadline):
        """Writes pages with their listings and runs all at a time; their results in this order."""
        docnames = [self.write(text, listings) for text, listings in cases]
        with PageRunner(self.docs, self.code, jobs=len(cases), deadline_seconds=deadline) as runner:
            results = {result.docname: result for result in runner.run(docnames)}
        return [results[docname] for docname in docnames]

    def passes(self, text, listings=None, count=None):
        """Runs a page that must pass: `count` examples, or at least one; returns its result."""
        result = self.run(text, listings)
        assert failures(result) == []
        assert [example for example in result.examples if example.outcome == "not run"] == []
        assert len(result.examples) == count if count else result.examples
        return result

    def fails(self, text, listings=None, deadline=GENEROUS):
        """Runs a page that must fail in one place, and returns that."""
        [failure] = failures(self.run(text, listings, deadline))
        return failure

    def close(self):
        """Ends the runners."""
        for runner in self._runners.values():
            runner.close()


def failures(result):
    """What went wrong on a page, in page order."""
    return [Failure(failure.line, failure.message) for failure in result.failures]
