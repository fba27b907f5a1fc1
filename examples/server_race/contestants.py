"""The servers that take part: their names, and what each needs."""

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Contestant:
    """A server of the race.

    Attributes:
        name: What the command line and the table call it.
        program: The file to start.
    """

    name: str
    program: Path

    @property
    def obstacle(self) -> str:
        """Why it cannot take part here, in words; empty if it can."""
        if self.name == "forking" and not hasattr(os, "fork"):
            return "this system has no os.fork"
        if self.name == "uvloop" and importlib.util.find_spec("uvloop") is None:
            return "uvloop is not installed"
        return ""


NAMES = ("iterative", "threaded", "forking", "pooled", "selectors", "asyncio", "uvloop")
CONTESTANTS = {
    name: Contestant(name, Path(__file__).with_name(f"{name}_server.py")) for name in NAMES
}
