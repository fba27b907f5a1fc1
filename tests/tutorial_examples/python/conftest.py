"""What the tests of part 1 share: running a listing as a reader would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tutorial_examples

if TYPE_CHECKING:
    from collections.abc import Callable


LISTINGS = Path(tutorial_examples.__file__).parent


@pytest.fixture
def run_listing() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a listing as a program: `run_listing("python/lists", "three_best.py", typed="7\\n")`."""

    def run_listing(
        page: str, program: str, *arguments: str, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, program, *arguments],
            cwd=LISTINGS / page,
            input=typed,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )

    return run_listing
