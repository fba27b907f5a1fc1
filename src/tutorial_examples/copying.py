"""Copy a page's files to a folder of the reader."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def copy_page(source: Path, target: Path) -> list[Path]:
    """Copy everything in a page's folder: its listings and the data that they read.

    Nothing is copied if a single file would be overwritten.

    Args:
        source: The page's folder.
        target: Where to copy to; made if it is not there.

    Returns:
        The copies' paths relative to `target`, in order.

    Raises:
        FileExistsError: `target` has a file of the same name, or is itself a file.
        OSError: The system refuses to write.
    """
    files = sorted(
        path.relative_to(source)
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    if target.exists() and not target.is_dir():
        raise FileExistsError(f"{target} is a file, not a folder; nothing was copied")
    for file in files:
        # A link to nowhere does not exist, but a copy would go where it points.
        if os.path.lexists(target / file):
            raise FileExistsError(f"{target / file} exists; nothing was copied")
    for file in files:
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / file, target / file)
    return files
