"""Runs pages and gives back what became of their examples; for Sphinx, pytest and the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tested_pages.code_folder import code_folder
from tested_pages.ending import kill_tree
from tested_pages.page_messages import KILLED, Received
from tested_pages.page_paths import page_path
from tested_pages.page_task import PageTask, not_utf_8, read_page
from tested_pages.results import PageResult, failed_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tested_pages.results import Network

DEADLINE_SECONDS = 30.0
# Without the folder in which the build was started among those that pages import from.
PYTHON = [sys.executable, "-P", "-m"]
NETWORK_VARIABLE = "TESTED_PAGES_NETWORK"
NETWORKS = {"own", "shared"}
POLL_SECONDS = 0.05
# A page mostly waits: for programs that start, and for time-outs that it shows.
JOBS_PER_PROCESSOR = 2


class RunnerError(Exception):
    """Pages cannot be run at all."""


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
    """

    def __init__(
        self,
        docs: Path,
        code: Path,
        jobs: int | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
        stop_at_failure: bool = False,
    ) -> None:
        self._docs = docs.resolve()
        self._code = code.resolve()
        self._deadline_seconds = deadline_seconds
        self._stop_at_failure = stop_at_failure
        self.network: Network = "shared"
        self.refusal = "this system cannot fork processes"
        self._jobs = jobs or JOBS_PER_PROCESSOR * (os.cpu_count() or 1)
        self._host: subprocess.Popen[bytes] | None = None

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
            RunnerError: It does not start.
        """
        if hasattr(os, "fork") and not self._host:
            self._host = self._start_host()

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
            if self._host.stdin:
                self._host.stdin.close()
            self._host.wait()
            if self._host.stdout:
                self._host.stdout.close()
            self._host = None

    def _run_forked(self, tasks: list[PageTask]) -> Iterator[PageResult]:
        if not tasks:
            return
        self.start()
        host = self._host
        if host is None or host.stdin is None or host.stdout is None:
            raise RunnerError("the process that runs the pages has no pipes")
        for task in tasks:
            host.stdin.write(json.dumps(task.as_json()).encode() + b"\n")
        host.stdin.flush()
        for _ in tasks:
            answer = host.stdout.readline()
            if not answer:
                raise RunnerError("the process that runs the pages has ended; see above")
            yield PageResult.from_json(json.loads(answer))

    def _start_host(self) -> subprocess.Popen[bytes]:
        wanted = os.environ.get(NETWORK_VARIABLE, "own")
        if wanted not in NETWORKS:
            raise RunnerError(f"{NETWORK_VARIABLE} is “own” or “shared”, not “{wanted}”")
        host = subprocess.Popen(
            [*PYTHON, "tested_pages.page_host", wanted, str(self._jobs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            # Ctrl-C is for this process, which then closes the other one's standard input.
            start_new_session=True,
        )
        greeting = host.stdout.readline() if host.stdout else b""
        if not greeting:
            raise RunnerError("the process that runs the pages did not start; see above")
        self.refusal = json.loads(greeting)["refusal"]
        self.network = "shared" if self.refusal else "own"
        return host

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
                env=_environment(),
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


def _environment() -> dict[str, str]:
    """The builder's environment without what makes Python differ from machine to machine."""
    packages = str(Path(__file__).parents[1])
    search_path = [packages, *filter(None, [os.environ.get("PYTHONPATH")])]
    variables = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "LC_")) or name == "PYTHONHOME"
    }
    return variables | {"PYTHONPATH": os.pathsep.join(search_path), "LC_ALL": "C.UTF-8"}
