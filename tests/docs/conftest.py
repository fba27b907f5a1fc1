"""Let these tests import what they share, and the site's own extensions as `docs/conf.py` does."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent

sys.path[:0] = [str(HERE), str(HERE.parents[1] / "docs" / "_extensions")]


@pytest.fixture(scope="session", autouse=True)
def style_sheets_parsed_once() -> Iterator[None]:
    """The libraries' style sheets are the same in each build, and parsing them takes half of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tinycss2, "parse_stylesheet", cache(tinycss2.parse_stylesheet))
        yield
