"""Runs pages and gives back what became of their examples; for Sphinx, pytest and the command."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tested_pages.code_folder import code_folder
from tested_pages.ending import kill_tree
from tested_pages.host_process import PYTHON, HostProcess, environment
from tested_pages.page_messages import KILLED, Received
from tested_pages.page_paths import page_path
from tested_pages.page_task import PageTask, not_utf_8, read_page
from tested_pages.results import failed_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tested_pages.results import Network, PageResult

DEADLINE_SECONDS = 30.0
POLL_SECONDS = 0.05
# A page mostly waits: for programs that start, and for time-outs that it shows.
JOBS_PER_PROCESSOR = 2


class PageRunner:
    """Runs pages in processes of their own; a context manager.

    Where the system permits, each page has a network of its own. Elsewhere pages that open ports
    run one at a time. The environment variable `TESTED_PAGES_NETWORK`, set to `shared`, asks for
    the latter everywhere.

    Attributes:
        network: Which of the two it is; known once a page has run.
        refusal: Why pages have no network of their own; "" if they have.

    Args:
        docs: The folder of all pages.
        code: The folder that holds a folder of listings for each page.
        jobs: How many pages run at a time; None leaves it to the number of processors.
        deadline_seconds: How long one example may take.
        stop_at_failure: Whether a page ends at the first example that fails.
        host: The process that runs the pages, if it has been started; is closed with this.
    """

    def __init__(
        self,
        docs: Path,
        code: Path,
        jobs: int | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
        stop_at_failure: bool = False,
        host: HostProcess | None = None,
    ) -> None:
        self._docs = docs.resolve()
        self._code = code.resolve()
        self._deadline_seconds = deadline_seconds
        self._stop_at_failure = stop_at_failure
        self.network: Network = "shared"
        self.refusal = "this system cannot fork processes"
        self._jobs = jobs or JOBS_PER_PROCESSOR * (os.cpu_count() or 1)
        self._host = host

    def __enter__(self) -> PageRunner:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def task(self, docname: str) -> PageTask:
        """What it takes to run the page `docname`."""
        path = page_path(self._docs, docname)
        return PageTask(
            docname=docname,
            path=path,
            docs=self._docs,
            code_folder=code_folder(read_page(path), path, docname, self._code),
            deadline_seconds=self._deadline_seconds,
            stops_at_failure=self._stop_at_failure,
        )

    def start(self) -> None:
        """Starts the process that runs the pages; done by the first run if not before.

        Raises:
            RunnerError: It cannot be started.
        """
        if hasattr(os, "fork") and not self._host:
            self._host = HostProcess()

    def run(self, docnames: Iterable[str]) -> Iterator[PageResult]:
        """Runs pages and yields their results as they come, in any order.

        Raises:
            RunnerError: They cannot be run at all.
        """
        tasks = []
        for docname in docnames:
            try:
                tasks.append(self.task(docname))
            except UnicodeDecodeError as error:
                yield failed_page(docname, self.network, *not_utf_8(error))
        if hasattr(os, "fork"):
            yield from self._run_forked(tasks)
        else:
            for task in tasks:
                yield self._run_spawned(task)

    def close(self) -> None:
        """Ends the process that runs the pages, and what still runs in it."""
        if self._host:
            self._host.close()
            self._host = None

    def _run_forked(self, tasks: list[PageTask]) -> Iterator[PageResult]:
        if not tasks:
            return
        self.start()
        assert self._host is not None
        self.refusal = self._host.refusal
        self.network = "shared" if self.refusal else "own"
        yield from self._host.run(tasks, self._jobs)

    def _run_spawned(self, task: PageTask) -> PageResult:
        received, was_killed = Received(task.deadline_seconds), False
        with tempfile.TemporaryDirectory(prefix="page-", ignore_cleanup_errors=True) as temporary:
            folder, messages_file = Path(temporary, "run"), Path(temporary, "messages")
            folder.mkdir()
            messages_file.touch()
            arguments = json.dumps(task.as_json()), str(folder), str(messages_file)
            process = subprocess.Popen(
                [*PYTHON, "tested_pages.page_run", *arguments],
                stdin=subprocess.DEVNULL,
                env=environment(),
            )
            try:
                with messages_file.open("rb") as messages:
                    while process.poll() is None:
                        received.take(messages.read())
                        if received.is_overdue():
                            was_killed = True
                            kill_tree(process.pid)
                        time.sleep(POLL_SECONDS)
                    received.take(messages.read())
            finally:
                kill_tree(process.pid)
                process.wait()
            ending = f"the page's process ended in the middle, with status {process.returncode}"
            reason = KILLED if was_killed else ending
            return received.result_or_failure(task.docname, self.network, folder, reason)
