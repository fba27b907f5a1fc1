"""The process that runs pages, as the one sees it that starts it; `page_host` is the other side."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tested_pages.results import PageResult

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tested_pages.page_task import PageTask

# Without the folder in which the build was started among those that pages import from.
PYTHON = [sys.executable, "-P", "-m"]
NETWORK_VARIABLE = "TESTED_PAGES_NETWORK"
NETWORKS = {"own", "shared"}


class RunnerError(Exception):
    """Pages cannot be run at all."""


class HostProcess:
    """Starts the process, and does not wait for it before there is something to run.

    Raises:
        RunnerError: The environment variable `TESTED_PAGES_NETWORK` is none of `NETWORKS`.
    """

    def __init__(self) -> None:
        wanted = os.environ.get(NETWORK_VARIABLE, "own")
        if wanted not in NETWORKS:
            raise RunnerError(f"{NETWORK_VARIABLE} is “own” or “shared”, not “{wanted}”")
        self._process = subprocess.Popen(
            [*PYTHON, "tested_pages.page_host", wanted],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            # Ctrl-C is for this process, which then closes the other one's standard input.
            start_new_session=True,
        )
        self.pid = self._process.pid

    @cached_property
    def refusal(self) -> str:
        """Why pages have no network of their own; "" if they have.

        Raises:
            RunnerError: The process did not start.
        """
        greeting = self._process.stdout.readline() if self._process.stdout else b""
        if not greeting:
            raise RunnerError("the process that runs the pages did not start; see above")
        return str(json.loads(greeting)["refusal"])

    def run(self, tasks: list[PageTask], jobs: int) -> Iterator[PageResult]:
        """Runs pages, `jobs` at a time, and yields their results as they come, in any order.

        Raises:
            RunnerError: The process has ended.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RunnerError("the process that runs the pages has no pipes")
        stdin.write(json.dumps({"jobs": jobs}).encode() + b"\n")
        for task in tasks:
            stdin.write(json.dumps(task.as_json()).encode() + b"\n")
        stdin.flush()
        for _ in tasks:
            answer = stdout.readline()
            if not answer:
                raise RunnerError("the process that runs the pages has ended; see above")
            yield PageResult.from_json(json.loads(answer))

    def close(self) -> None:
        """Ends the process, and what still runs in it."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


def environment() -> dict[str, str]:
    """The builder's environment without what makes Python differ from machine to machine."""
    packages = str(Path(__file__).parents[1])
    search_path = [packages, *filter(None, [os.environ.get("PYTHONPATH")])]
    variables = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "LC_")) or name == "PYTHONHOME"
    }
    return variables | {"PYTHONPATH": os.pathsep.join(search_path), "LC_ALL": "C.UTF-8"}
