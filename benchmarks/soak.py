"""Runs pages again and again on a machine that is kept busy; `nox -s soak` starts it.

Prints what failed, and what the runs have left behind: processes, folders, files, sockets. The exit
status is 1 if there is any of it.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from tested_pages.host_process import NETWORK_VARIABLE
from tested_pages.page_run import adopt_orphans
from tested_pages.page_runner import PageRunner

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CODE = ROOT / "src" / "tutorial_examples"
MODEL_PAGES = ["python/lists", "sockets/udp", "sockets/tcp"]
BUSY_LOOP = [sys.executable, "-c", "while True: pass"]
SOCKET_TABLES = ("tcp", "tcp6", "udp", "udp6", "unix")
# In this state there is no socket any more, only the memory of a connection that was.
TIME_WAIT = "06"
# All builds on a machine share it, so none of them may remove it.
LOCK_FILE = "tested-pages-ports.lock"


@contextlib.contextmanager
def busy_processors() -> Iterator[list[int]]:
    """Keeps each processor busy; gives the ids of the processes that do."""
    loops = [subprocess.Popen(BUSY_LOOP) for _ in range(os.cpu_count() or 1)]
    try:
        yield [loop.pid for loop in loops]
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def run_pages(pages: list[str]) -> list[str]:
    """Runs the pages as a build does, and returns what failed."""
    with PageRunner(DOCS, CODE) as runner:
        return [
            f"{result.docname}.md:{failure.line}: {failure.message}"
            for result in runner.run(pages)
            for failure in result.failures
        ]


def descendants() -> dict[int, str]:
    """The processes that this one has started, directly or not, and their commands."""
    found = {}
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            found[process.pid] = " ".join(process.cmdline()) or process.name()
    return found


def files_below(*folders: Path) -> set[Path]:
    """All files and folders there."""
    return {
        path
        for folder in folders
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts and path.name != LOCK_FILE
    }


def open_descriptors() -> set[str]:
    """What the file descriptors of this process lead to."""
    with contextlib.suppress(OSError):
        return {
            str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()
        }
    return set()


def sockets_of_nobody() -> set[str]:
    """Sockets that are open although no process has them; empty where there is no /proc."""
    inodes = set()
    for table in SOCKET_TABLES:
        with contextlib.suppress(OSError):
            lines = Path("/proc/net", table).read_text(encoding="utf-8").splitlines()[1:]
            for fields in map(str.split, lines):
                is_over = table != "unix" and fields[3] == TIME_WAIT
                inode = fields[6] if table == "unix" else fields[9]
                if not is_over and inode != "0":
                    inodes.add(f"socket:[{inode}]")
    owned = set()
    for descriptors in Path("/proc").glob("[0-9]*/fd"):
        with contextlib.suppress(OSError):
            for descriptor in descriptors.iterdir():
                with contextlib.suppress(OSError):
                    owned.add(str(descriptor.readlink()))
    return inodes - owned


def main() -> int:
    """Runs the pages; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", default=MODEL_PAGES, help="such as sockets/udp")
    parser.add_argument("--runs", type=int, default=200, help="how many runs of all the pages")
    parser.add_argument("--shared", action="store_true", help="without networks of their own")
    arguments = parser.parse_args()
    if arguments.shared:
        os.environ[NETWORK_VARIABLE] = "shared"
    # What the pages start becomes this process's child, should it outlive its parent.
    adopt_orphans()
    started = time.monotonic()
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="soak-") as temporary:
        os.environ["TMPDIR"] = temporary
        tempfile.tempdir = None
        files_before = files_below(DOCS, CODE, Path(temporary))
        sockets_before, descriptors_before = sockets_of_nobody(), open_descriptors()
        with busy_processors() as loops:
            for number in range(1, arguments.runs + 1):
                for failure in run_pages(arguments.pages):
                    failures.append(failure)
                    print(f"run {number}: {failure}", flush=True)
                if number % 10 == 0:
                    minutes = (time.monotonic() - started) / 60
                    print(f"{number} runs, {len(failures)} failures, {minutes:.1f} min", flush=True)
            processes = {pid: name for pid, name in descendants().items() if pid not in loops}
        left = [
            *(f"process {pid}: {command}" for pid, command in processes.items()),
            *map(str, sorted(files_below(DOCS, CODE, Path(temporary)) - files_before)),
            *sorted(sockets_of_nobody() - sockets_before),
            *sorted(open_descriptors() - descriptors_before),
        ]
    network = "shared network" if arguments.shared else "networks of their own where possible"
    print(f"{arguments.runs} runs of {', '.join(arguments.pages)}; {network}")
    print(f"{arguments.runs} runs, {len(failures)} failures")
    print("left behind: " + ("\n    ".join(["", *left]) if left else "nothing"))
    return 1 if failures or left else 0


if __name__ == "__main__":
    sys.exit(main())
