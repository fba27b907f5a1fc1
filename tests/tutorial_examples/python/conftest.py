"""What the tests of part 1 share: checking an answer to an exercise as a reader would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exercise_checks.checking import check_in_own_process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exercise_checks.exercises import Verdict


@pytest.fixture
def check_answer(tmp_path: Path) -> Callable[[str, str, str], Verdict]:
    """Checks a file with this source: `check_answer("python/lists", "queue", source)`."""

    def check_answer(page: str, exercise: str, source: str) -> Verdict:
        answer = tmp_path / "answer.py"
        answer.write_text(source, encoding="utf-8")
        (verdict,) = check_in_own_process(page, answer, exercise)
        return verdict

    return check_answer
