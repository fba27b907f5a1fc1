"""What the page loads to check an exercise: the checks, as an archive, and their words.

The checks are the package `exercise_checks` as it is. What only a computer needs is left out: how
it starts a process, and the command line's own process of a check.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import exercise_checks
from exercise_checks.checking import DURING, ENDED_PYTHON, NO_END

if TYPE_CHECKING:
    from collections.abc import Iterator

ARCHIVE = "exercise_checks.zip"
WORDING = "exercise_checks.json"
# A browser's Python may be several times slower than the computer's own.
DEADLINE_SECONDS = 90.0
# One moment for all files, so that the same checks make the same archive.
MOMENT = (1980, 1, 1, 0, 0, 0)
ON_COMPUTERS = frozenset({"checking.py", "computer.py"})


def write_exercise_files(folder: Path) -> None:
    """Writes the archive and the words into a folder, which is there."""
    with zipfile.ZipFile(folder / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, name in _modules():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), path.read_bytes(), zipfile.ZIP_DEFLATED)
    text = json.dumps(wording(), separators=(",", ":"))
    (folder / WORDING).write_text(text, encoding="utf-8")


def wording() -> dict[str, str | float]:
    """How the command line says that a check did not end, or ended as none should."""
    return {
        "deadlineSeconds": DEADLINE_SECONDS,
        "noEnd": NO_END.format(seconds=DEADLINE_SECONDS),
        "endedPython": ENDED_PYTHON,
        "during": DURING,
    }


def _modules() -> Iterator[tuple[Path, str]]:
    package = Path(exercise_checks.__file__).parent
    for path in sorted(package.rglob("*.py")):
        if path.name not in ON_COMPUTERS:
            yield path, path.relative_to(package.parent).as_posix()
