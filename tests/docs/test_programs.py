"""Each program to take home has its page, its README, and its test."""

from __future__ import annotations

from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def missing(project: Path) -> list[str]:
    """What programs lack: paths below `project`."""
    folders = [path for path in (project / "examples").iterdir() if any(path.rglob("*.py"))]
    expected = [path / "README.md" for path in folders]
    expected += [project / "tests" / "examples" / f"test_{path.name}.py" for path in folders]
    return sorted(path.relative_to(project).as_posix() for path in expected if not path.is_file())


def test_each_program_has_its_page_and_its_test() -> None:
    assert missing(PROJECT) == []


@pytest.mark.parametrize("name", ["examples/chat/README.md", "tests/examples/test_chat.py"])
def test_what_is_missing_is_named(tmp_path: Path, name: str) -> None:
    for path in ["examples/chat/README.md", "examples/chat/a.py", "tests/examples/test_chat.py"]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert missing(tmp_path) == []
    (tmp_path / name).unlink()
    assert missing(tmp_path) == [name]
