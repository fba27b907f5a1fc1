"""Runs pages in processes of their own, forked from one that has all imports done.

Started by `host_process.py`. JSON values, one a line: it says `{"refusal": TEXT}` (why there is no
network of one's own, or ""), is sent `{"jobs": NUMBER}` and tasks, and answers each task with a
result. When its standard input ends it kills what still runs and ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import sys
import tempfile
import traceback
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import psutil
from filelock import FileLock

from tested_pages.ending import kill_tree
from tested_pages.loopback_network import enter_own_network, own_network_refusal
from tested_pages.page_messages import KILLED, Message, Received, as_line
from tested_pages.page_run import adopt_orphans, run_page
from tested_pages.page_task import PageTask, opens_ports
from tested_pages.python2 import find_python2
from tested_pages.results import failed_page
from tested_pages.socket_calls import compile_recorder

if TYPE_CHECKING:
    from tested_pages.results import Network

# Whoever has pages to run sends them when greeted, which takes less.
PATIENCE_SECONDS = 0.05
PORTS_LOCK = Path(tempfile.gettempdir()) / "tested-pages-ports.lock"


@dataclass
class PageProcess:
    """A page's process, as its parent sees it."""

    task: PageTask
    pid: int
    pipe: int
    opens_ports: bool
    folder: tempfile.TemporaryDirectory[str]
    received: Received
    was_killed: bool = False


class PageHost:
    """Forks a process for each page, `jobs` at a time, and collects what became of it."""

    def __init__(self, tasks_in: int, results_out: int, network: Network) -> None:
        self._tasks_in = tasks_in
        self._results_out = results_out
        self._network = network
        self._jobs = 1
        self._waiting: deque[tuple[PageTask, bool]] = deque()
        self._running: dict[int, PageProcess] = {}
        self._selector = selectors.DefaultSelector()
        self._unread = b""

    def serve(self) -> None:
        """Runs pages until there is nobody left to ask for any."""
        adopt_orphans()
        self._selector.register(self._tasks_in, selectors.EVENT_READ)
        try:
            if not self._selector.select(PATIENCE_SECONDS):
                # It was started before it is known what it is for: what pages may need that takes
                # long to find is found meanwhile.
                find_python2(os.environ)
            while True:
                self._start_waiting()
                for key, _ in self._selector.select(1.0):
                    if key.fd == self._tasks_in:
                        if not self._receive_tasks():
                            return
                    else:
                        self._receive_from(self._running[key.fd])
                for page in list(self._running.values()):
                    self._look_after(page)
        finally:
            stopped, self._running = self._running, {}
            self._end_orphans()
            for page in stopped.values():
                page.folder.cleanup()

    def _receive_tasks(self) -> bool:
        piece = os.read(self._tasks_in, 65536)
        *lines, self._unread = (self._unread + piece).split(b"\n")
        for line in lines:
            match json.loads(line):
                case {"jobs": jobs}:
                    self._jobs = jobs
                case values:
                    task = PageTask.from_json(values)
                    self._waiting.append((task, opens_ports(task)))
        return bool(piece)

    def _start_waiting(self) -> None:
        for _ in range(len(self._waiting)):
            if len(self._running) >= self._jobs:
                return
            task, opens_ports = self._waiting.popleft()
            one_at_a_time = opens_ports and self._network == "shared"
            if one_at_a_time and any(page.opens_ports for page in self._running.values()):
                self._waiting.append((task, opens_ports))
            else:
                self._start(task, opens_ports)

    def _start(self, task: PageTask, opens_ports: bool) -> None:
        reading, writing = os.pipe()
        folder = tempfile.TemporaryDirectory(prefix="page-", ignore_cleanup_errors=True)
        # What is made or asked once here, the pages inherit.
        text = task.path.read_bytes()
        if b"```python2" in text:
            find_python2(os.environ)
        if b"{wire}" in text:
            compile_recorder()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            os.close(self._tasks_in)
            os.close(self._results_out)
            for page in self._running.values():
                os.close(page.pipe)
            _be_page(task, self._network, opens_ports, Path(folder.name), writing)
        os.close(writing)
        os.set_blocking(reading, False)
        received = Received(task.deadline_seconds)
        self._running[reading] = PageProcess(task, pid, reading, opens_ports, folder, received)
        self._selector.register(reading, selectors.EVENT_READ)

    def _receive_from(self, page: PageProcess) -> bool:
        """Takes what a page says; whether it may say more."""
        try:
            piece = os.read(page.pipe, 1 << 20)
        except BlockingIOError:
            return False
        page.received.take(piece)
        return bool(piece)

    def _look_after(self, page: PageProcess) -> None:
        """Gives the result of a page that has ended, and kills one that is overdue."""
        ended, status = os.waitpid(page.pid, os.WNOHANG)
        if ended:
            # The pipe does not tell, since something that the page started may hold its other end.
            while self._receive_from(page):
                pass
            self._end(page, status)
        elif page.received.is_overdue():
            page.was_killed = True
            kill_tree(page.pid)

    def _end(self, page: PageProcess, status: int) -> None:
        self._selector.unregister(page.pipe)
        os.close(page.pipe)
        del self._running[page.pipe]
        self._end_orphans()
        reason = KILLED if page.was_killed else _ending(status)
        result = page.received.result_or_failure(
            page.task.docname, self._network, Path(page.folder.name), reason
        )
        page.folder.cleanup()
        data = json.dumps(result.as_json()).encode() + b"\n"
        while data:
            data = data[os.write(self._results_out, data) :]

    def _end_orphans(self) -> None:
        """Kills all children but running pages, again and again, since they may start others."""
        running = {page.pid for page in self._running.values()}
        while orphans := [
            child.pid for child in psutil.Process().children() if child.pid not in running
        ]:
            for pid in orphans:
                kill_tree(pid)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)


def _be_page(
    task: PageTask, network: Network, opens_ports: bool, folder: Path, pipe: int
) -> NoReturn:
    """The forked process: runs the page and never returns."""
    status = 1

    def tell(message: Message) -> None:
        data = as_line(message)
        while data:
            data = data[os.write(pipe, data) :]

    try:
        os.setsid()
        if network == "own":
            enter_own_network()
        one_at_a_time = opens_ports and network == "shared"
        # Other builds on this machine use the same ports.
        with FileLock(PORTS_LOCK, mode=0o666) if one_at_a_time else contextlib.nullcontext():
            tell(run_page(task, network, folder, tell))
        status = 0
    except BaseException:
        tell(failed_page(task.docname, network, 1, traceback.format_exc()))
    finally:
        os._exit(status)


def _ending(status: int) -> str:
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return f"the page's process was ended by {name} in the middle of the page"
    code = os.waitstatus_to_exitcode(status)
    return f"the page's process ended in the middle of the page, with status {code}"


def main(wanted_network: str) -> None:
    """Serves standard input and output; pages get none of them."""
    tasks_in, results_out = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    refusal = "it is so set" if wanted_network == "shared" else own_network_refusal()
    os.write(results_out, json.dumps({"refusal": refusal}).encode() + b"\n")
    PageHost(tasks_in, results_out, "shared" if refusal else "own").serve()


if __name__ == "__main__":
    main(sys.argv[1])
