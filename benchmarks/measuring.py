"""Times of commands and functions, taken in turns so that a busy machine is unfair to none."""

import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Times:
    """Wall-clock seconds of some runs of one thing."""

    seconds: list[float]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        return f"{self.median:.3f} s ({min(self.seconds):.3f} to {max(self.seconds):.3f})"


def take_turns(runs: int, *things: Callable[[], object]) -> list[Times]:
    """Runs the first thing, the second, and so on, then all of them again.

    Args:
        runs: How many times each is run.
        things: What to run.
    """
    seconds: list[list[float]] = [[] for _ in things]
    for _ in range(runs):
        for taken, thing in zip(seconds, things, strict=True):
            started = time.perf_counter()
            thing()
            taken.append(time.perf_counter() - started)
    return [Times(taken) for taken in seconds]


def run(*command: str | Path, environment: dict[str, str] | None = None) -> str:
    """Runs a command and returns what it printed.

    Raises:
        SystemExit: It failed; what it printed is the message.
    """
    ended = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        check=False,
    )
    if ended.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{ended.stdout}")
    return ended.stdout
