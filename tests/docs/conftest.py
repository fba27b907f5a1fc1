"""Let these tests import what they share, and the site's own extensions as `docs/conf.py` does."""

import sys
from pathlib import Path

HERE = Path(__file__).parent

sys.path[:0] = [str(HERE), str(HERE.parents[1] / "docs" / "_extensions")]
