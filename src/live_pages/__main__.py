"""Writes what a browser needs to know of pages: `python -m live_pages sockets/udp --out FOLDER`.

The files are those that a build of the site has, FOLDER/DOCNAME.json. Where all pages are written,
files of pages that are gone go too.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from live_pages.page_blocks import FrontMatterError, live_page
from tested_pages.page_paths import all_pages, page_path


def main() -> int:
    """Writes the pages named on the command line, or all; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m live_pages", description=__doc__)
    parser.add_argument("pages", nargs="*", help="such as sockets/udp; without any, all pages")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="the folder of the pages")
    parser.add_argument(
        "--code",
        type=Path,
        default=Path("src/tutorial_examples"),
        help="the folder that holds a folder of listings for each page",
    )
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    arguments = parser.parse_args()
    written = set()
    for docname in arguments.pages or all_pages(arguments.docs):
        path = page_path(arguments.docs, docname)
        if not path.is_file():
            parser.error(f"there is no page {path}")
        try:
            page = live_page(docname, path, arguments.docs, arguments.code.resolve())
        except (FrontMatterError, UnicodeDecodeError) as error:
            print(f"{path}:1: {error}", file=sys.stderr)
            return 1
        target = arguments.out / f"{docname}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(page.as_json(), ensure_ascii=False), encoding="utf-8")
        written.add(target)
    if not arguments.pages:
        for path in arguments.out.rglob("*.json"):
            if path not in written:
                path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
