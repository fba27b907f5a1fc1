"""Steps of a build that are left out where they would make what is there already."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

# Size and time of the last change: what tells that a file is no longer what it was.
Stamp: TypeAlias = "list[int] | None"


def stamp(path: Path | str) -> Stamp:
    """What changes with a file; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116, a path need not be made of each of so many names
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def stamps(paths: Iterable[Path | str]) -> dict[str, Stamp]:
    """What changes with each of the files."""
    return {os.fspath(path): stamp(path) for path in paths}


def files_below(folder: Path | str) -> Iterable[str]:
    """All files below a folder, but what Python keeps there; none if there is no such folder."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            yield os.path.join(parent, name)  # noqa: PTH118, as above


class Step:
    """A step, and what it was made from and made when it was last done.

    Args:
        app: The build.
        name: The step's own name.
    """

    def __init__(self, app: Sphinx, name: str) -> None:
        self._noted = Path(app.doctreedir, "steps", f"{name}.json")

    def is_done(self, sources: Iterable[Path | str], more: str = "") -> bool:
        """Whether all is as it was when the step was last done, its results included.

        Args:
            sources: The files that it reads.
            more: What else it depends on.
        """
        try:
            noted = json.loads(self._noted.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(
            noted["more"] == more
            and noted["sources"] == stamps(sources)
            and noted["results"] == stamps(noted["results"])
        )

    def note(
        self, sources: Iterable[Path | str], results: Iterable[Path | str], more: str = ""
    ) -> None:
        """Notes that the step has been done."""
        values = {"more": more, "sources": stamps(sources), "results": stamps(results)}
        self._noted.parent.mkdir(parents=True, exist_ok=True)
        self._noted.write_text(json.dumps(values), encoding="utf-8")
