"""What pages are made by, besides their text, as a digest: when it changes, all are written again.

Sphinx looks at templates and settings, but not at what it is extended by, and not at scripts and
style sheets, of which pages name digests.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from steps import files_below

import tested_pages
from live_pages.node_build import digest_of_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

# Of these, `tested_pages` adds its folder when it is too late to ask for it.
FOLDERS = (Path(__file__).parents[1], Path(tested_pages.__file__).parent / "static")


def note_makers(app: Sphinx, config: Config) -> None:
    """Sets the option that nobody sets, of the kind that has Sphinx write all pages again."""
    digest = hashlib.sha256(digest_of_sources().encode())
    for path in _files(app, config):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    config.light_theme_makers = digest.hexdigest()


def _files(app: Sphinx, config: Config) -> Iterator[Path]:
    folders = [*FOLDERS, *(Path(app.confdir, name) for name in config.html_static_path)]
    for folder in folders:
        yield from map(Path, sorted(files_below(folder)))
