"""Runs pages by name and says what is not as they show it: `python -m tested_pages sockets/udp`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tested_pages.page_runner import DEADLINE_SECONDS, PageRunner
from tested_pages.report import count_outcomes, network_sentence


def main() -> int:
    """Runs the pages named on the command line, or all; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tested_pages", description=__doc__)
    parser.add_argument("pages", nargs="*", help="such as sockets/udp; without any, all pages")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="the folder of the pages")
    parser.add_argument(
        "--code",
        type=Path,
        default=Path("src/tutorial_examples"),
        help="the folder that holds a folder of listings for each page",
    )
    parser.add_argument(
        "--deadline", type=float, default=DEADLINE_SECONDS, help="seconds that an example may take"
    )
    arguments = parser.parse_args()
    docnames = [_docname(page, arguments.docs) for page in arguments.pages]
    docnames = docnames or sorted(
        path.relative_to(arguments.docs).with_suffix("").as_posix()
        for path in arguments.docs.rglob("*.md")
    )
    for docname in docnames:
        if not (arguments.docs / f"{docname}.md").is_file():
            parser.error(f"there is no page {arguments.docs / docname}.md")
    started = time.perf_counter()
    with PageRunner(arguments.docs, arguments.code, deadline_seconds=arguments.deadline) as runner:
        results = sorted(runner.run(docnames), key=lambda result: result.docname)
        network = network_sentence(runner.network, runner.refusal)
    for result in results:
        for failure in result.failures:
            path = arguments.docs / f"{result.docname}.md"
            print(f"{path}:{failure.line}: {failure.message}")
    print(f"{count_outcomes(results)} in {time.perf_counter() - started:.1f} s; {network}")
    return 1 if any(result.failures for result in results) else 0


def _docname(page: str, docs: Path) -> str:
    path = Path(page)
    if path.suffix == ".md":
        path = path.with_suffix("")
        if path.is_relative_to(docs):
            path = path.relative_to(docs)
    return path.as_posix()


if __name__ == "__main__":
    sys.exit(main())
