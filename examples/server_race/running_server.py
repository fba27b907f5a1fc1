"""A server of the race as a running process: where it listens, what memory it takes, its end."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

LISTENING = re.compile(r"Listening on (\S+) port (\d+)")


class ServerError(Exception):
    """A server did not start or did not last; says which, and what it printed."""


@dataclass(frozen=True)
class RunningServer:
    """A server that has said where it listens.

    Attributes:
        address: Host and port.
        process: The process that was started; it may have started others.
        errors: The file into which they print errors.
    """

    address: tuple[str, int]
    process: subprocess.Popen[str]
    errors: IO[str]

    def memory(self) -> int | None:
        """Bytes of memory that this server takes, all its processes together.

        Memory that processes share is counted once where the system can tell (Linux). Where the
        system refuses to tell anything, None.
        """
        total = 0
        try:
            server = psutil.Process(self.process.pid)
            for process in [server, *server.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                    used = process.memory_full_info()
                    total += getattr(used, "pss", None) or used.uss
        except psutil.Error:
            return None
        return total or None

    def check(self) -> None:
        """Make sure that it still runs.

        Raises:
            ServerError: It has ended.
        """
        if self.process.poll() is not None:
            raise ServerError(f"the server ended amid the race; it printed:\n{_text(self.errors)}")


@contextmanager
def running(program: Path) -> Iterator[RunningServer]:
    """Start a server on a free port, and end it at the end of the block.

    Raises:
        ServerError: It did not begin to listen.
    """
    # A pipe would have an end only when the last child of a forking server has closed it.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, str(program), "--port", "0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert process.stdout
        try:
            listening = LISTENING.match(process.stdout.readline())
            if not listening:
                process.wait()
                raise ServerError(f"{program.name} does not listen; it printed:\n{_text(errors)}")
            yield RunningServer((listening[1], int(listening[2])), process, errors)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def _text(errors: IO[str]) -> str:
    errors.seek(0)
    return errors.read().strip() or "nothing"
