"""What browsers are told about the site: what its pages may load, and how long files keep.

The policy stands in each page, where it holds on any host and from the file system. Hosts that
read a file `_headers`, such as Netlify and Cloudflare Pages, send it too, which makes it hold for
the workers that run Python; and they are told which files never change.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from light_theme.page_names import names_in_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

# The only script that stands in pages themselves, as it stands there.
FIRST_SCRIPT = "".join(
    line.strip()
    for line in Path(__file__)
    .with_name("theme")
    .joinpath("first_script.js")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("//")
)
_DIGEST = base64.b64encode(hashlib.sha256(FIRST_SCRIPT.encode()).digest()).decode()
POLICY = "; ".join(
    (
        "default-src 'self'",
        # Live pages compile CPython, which is WebAssembly; nothing may compile text.
        f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{_DIGEST}'",
        # The editor of live pages writes its styles into the page, and pictures have some inside.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS = f"""\
/*
  Content-Security-Policy: {POLICY}
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
"""
# A year; browsers do not ask again before, not even when the page is loaded anew.
NEVER_CHANGES = "Cache-Control: public, max-age=31536000, immutable"
# Digests in names, as live pages have them: `pages/NAME.0123456789abcdef.json`.
NAMED_BY_DIGEST = re.compile(r"(?:^|[./])[0-9a-f]{16}[./]")


def write_headers(app: Sphinx, error: Exception | None) -> None:
    """Writes `_headers`; without a word from it, hosts have each file asked for anew."""
    if error is not None or app.builder.name != "html":
        return
    out = Path(app.outdir)
    unchanging = set(names_in_pages(app).with_digest)
    unchanging.update(f"{folder.relative_to(out).as_posix()}/*" for folder in _folders(out))
    rules = "".join(f"/{name}\n  {NEVER_CHANGES}\n" for name in sorted(unchanging))
    Path(out, "_headers").write_text(HEADERS + rules, encoding="utf-8")


def _folders(parent: Path) -> Iterator[Path]:
    """The folders below in which each file has a digest in its name, but none below such a one."""
    for folder in filter(Path.is_dir, parent.iterdir()):
        files = [one.relative_to(parent).as_posix() for one in folder.rglob("*") if one.is_file()]
        if files and all(map(NAMED_BY_DIGEST.search, files)):
            yield folder
        else:
            yield from _folders(folder)
