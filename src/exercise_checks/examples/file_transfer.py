"""Checks of the exercises on the page `examples/file_transfer`."""

import os
import tempfile
import time
from pathlib import Path

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.exercises import exercise
from exercise_checks.wording import in_parentheses

HOUR = 60 * 60
# Hours since somebody has written to it, by the file's name.
AGES = {"just_begun": 0, "of_today": 23, "of_yesterday": 25, "of_last_year": 24 * 400}


@exercise
def check_age(attempt: Attempt) -> None:
    delete_old_parts = attempt.function("delete_old_parts", "delete_old_parts(folder)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = folder / ".parts"
        parts.mkdir()
        finished = folder / "finished"
        for path, hours in [(finished, 9999), *((parts / part, AGES[part]) for part in AGES)]:
            path.write_bytes(b"x")
            written = time.time() - hours * HOUR
            # It was read a moment ago, which is no writing.
            os.utime(path, (time.time(), written))
        delete_old_parts(name)
        call = "after delete_old_parts(folder)"
        if not finished.exists():
            raise NotAsExpected(
                f"{call}, a finished file should still be there, however old; it is gone"
                + in_parentheses("only what is in the folder's .parts is unfinished")
            )
        for part, hours in AGES.items():
            is_there = (parts / part).exists()
            if is_there == (hours <= 24):
                continue
            hint = ""
            if is_there:
                should, is_so = "be gone", "it is still there"
                hint = (
                    "stat().st_mtime is when it was last written to, in seconds; time.time() is now"
                )
            else:
                should, is_so = "still be there", "it is gone"
            raise NotAsExpected(
                f"{call}, a file in .parts that was written to {hours} hours ago should {should};"
                f" {is_so}" + in_parentheses(hint)
            )
    with tempfile.TemporaryDirectory() as name:
        # A folder that has never received anything has no .parts.
        delete_old_parts(name)
