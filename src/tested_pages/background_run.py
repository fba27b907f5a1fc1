"""Runs pages while something else goes on, and hands out their results one at a time."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tested_pages.page_runner import PageRunner
    from tested_pages.results import PageResult


class BackgroundRun:
    """Pages that are being run.

    Attributes:
        seconds: From the start until the last page ended, as far as it has come.
    """

    def __init__(self, runner: PageRunner, docnames: Sequence[str]) -> None:
        """Begins.

        Args:
            runner: Runs the pages; is closed with this.
            docnames: The pages, the one that is wanted first first.

        Raises:
            RunnerError: The pages cannot be run.
        """
        # Not in the thread, so that `close` finds what it has to end.
        runner.start()
        self.runner = runner
        self.seconds = 0.0
        self._results: dict[str, PageResult] = {}
        self._error: Exception | None = None
        self._changed = threading.Condition()
        self._stopped = False
        # A daemon, so that an interrupted build ends at once, and with it what it runs.
        self._thread = threading.Thread(target=self._run, args=(docnames,), daemon=True)
        self._thread.start()

    def result(self, docname: str) -> PageResult:
        """What became of a page, as soon as that is known.

        Raises:
            RunnerError: The process that runs the pages has ended.
        """
        with self._changed:
            self._changed.wait_for(lambda: docname in self._results or self._error)
            if docname not in self._results and self._error:
                raise self._error
            return self._results[docname]

    def close(self) -> None:
        """Ends what still runs."""
        self._stopped = True
        self.runner.close()
        self._thread.join()

    def _run(self, docnames: Sequence[str]) -> None:
        started = time.perf_counter()
        try:
            for result in self.runner.run(docnames):
                with self._changed:
                    self._results[result.docname] = result
                    self.seconds = time.perf_counter() - started
                    self._changed.notify_all()
                if self._stopped:
                    return
        except Exception as error:
            with self._changed:
                self._error = error
                self._changed.notify_all()
