"""What the tests of part 1 share: running a listing, and checking an answer, as a reader would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tutorial_examples
from exercise_checks.checking import check_in_own_process
from exercise_checks.program import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from exercise_checks.exercises import Verdict

LISTINGS = Path(tutorial_examples.__file__).parent
CHECKER = Path(__file__).parents[2] / "exercise_checks" / "check_in_own_network.py"


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


@pytest.fixture
def check_answer(
    tmp_path: Path, check_in_page: Callable[[str, Path, str, float], Verdict] | None
) -> Callable[[str, str, str], Verdict]:
    """Checks a file with this source: `check_answer("python/lists", "queue", source)`."""

    def check_answer(page: str, exercise: str, source: str) -> Verdict:
        answer = tmp_path / "answer.py"
        answer.write_text(source, encoding="utf-8")
        if check_in_page:
            return check_in_page(page, answer, exercise, PATIENCE_SECONDS)
        # A busy machine may take long for right answers too.
        command = (sys.executable, str(CHECKER), "60")
        (verdict,) = check_in_own_process(page, answer, exercise, 240, command)
        return verdict

    return check_answer
