"""pytest imports tests by their bare names, so no two files may share one."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_no_two_test_files_are_named_alike() -> None:
    folders: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        folders[path.name].append(path.parent.relative_to(TESTS).as_posix())
    assert folders
    alike = [
        f"{name} is in {' and in '.join(where)}" for name, where in folders.items() if where[1:]
    ]
    assert not alike, "\n".join(alike)
