"""Runs the Python 2 of “Then and now” boxes by a real Python 2.7, where there is one."""

from __future__ import annotations

import functools
import json
import os
import selectors
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

SESSION = Path(__file__).with_name("python2_session.py")
ASK_ITSELF = "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])"


class Python2Error(Exception):
    """Python 2.7 ended or did not answer in time."""


def find_python2(environment: Mapping[str, str]) -> tuple[str, str] | None:
    """Path and version of a Python 2.7 that starts; None if this machine has none.

    A program of that name need not be one: version managers put stand-ins on the PATH, which
    may start one or not. So it is asked for its own path, once.

    Args:
        environment: All environment variables, `PATH` and those of a version manager.
    """
    program = shutil.which("python2.7", path=environment.get("PATH"))
    return _ask(program, frozenset(environment.items())) if program else None


@functools.cache
def _ask(program: str, environment: frozenset[tuple[str, str]]) -> tuple[str, str] | None:
    try:
        asked = subprocess.run(
            [program, "-c", ASK_ITSELF],
            capture_output=True,
            text=True,
            env=dict(environment),
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    match asked.stdout.splitlines():
        case [executable, version] if version.startswith("2.7."):
            return executable, version
    return None


class Python2Session:
    """One namespace in a Python 2.7, in which a page's fences run one after another.

    Args:
        program: Path of a Python 2.7.
        folder: Its working folder.
        environment: All of its environment variables.
    """

    def __init__(self, program: str, folder: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [program, "-B", "-u", str(SESSION)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            env={**environment, "PYTHONIOENCODING": "utf-8"},
            bufsize=0,
        )
        self._has_ended = False

    def run(
        self, source: str, mode: Literal["single", "exec"], filename: str, deadline_seconds: float
    ) -> str:
        """Runs `source` and returns all that it printed, a traceback included.

        Raises:
            Python2Error: It did not come to an end.
        """
        if self._has_ended or self._process.stdin is None or self._process.stdout is None:
            raise Python2Error("an earlier example ended Python")
        question = json.dumps([filename, source, mode]).encode() + b"\n"
        answer = b""
        try:
            self._process.stdin.write(question)
            with selectors.DefaultSelector() as selector:
                selector.register(self._process.stdout, selectors.EVENT_READ)
                while not answer.endswith(b"\n"):
                    if not selector.select(deadline_seconds):
                        raise Python2Error(f"no end within {deadline_seconds:g} seconds")
                    piece = os.read(self._process.stdout.fileno(), 65536)
                    if not piece:
                        raise Python2Error("it ended Python")
                    answer += piece
        except Python2Error:
            self.close()
            raise
        except BrokenPipeError as error:
            self.close()
            raise Python2Error("an earlier example ended Python") from error
        return str(json.loads(answer))

    def close(self) -> None:
        """Ends Python 2.7."""
        self._has_ended = True
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.kill()
        self._process.wait()
