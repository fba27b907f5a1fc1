"""Runs pages by name and says what is not as they show it: `python -m tested_pages sockets/udp`."""

from __future__ import annotations

import argparse
import difflib
import sys
import time
from pathlib import Path

from tested_pages.host_process import RunnerError
from tested_pages.page_paths import README, all_pages, page_name, page_path
from tested_pages.page_runner import DEADLINE_SECONDS, PageRunner
from tested_pages.report import count_outcomes, network_sentence

STATUS_OF_CONTROL_C = 130


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
        "--deadline",
        type=_seconds,
        default=DEADLINE_SECONDS,
        help="seconds that an example may take",
    )
    arguments = parser.parse_args()
    docs = arguments.docs
    docnames = [_docname(page, docs) for page in arguments.pages]
    all_docnames = all_pages(docs)
    if not all_docnames:
        parser.error(f"there are no pages in {docs}")
    for docname in docnames:
        path = page_path(docs, docname)
        if not path.is_file():
            parser.error(f"there is no page {path}{_suggestion(docname, all_docnames)}")
    docnames = docnames or all_docnames
    started = time.perf_counter()
    try:
        with PageRunner(docs, arguments.code, deadline_seconds=arguments.deadline) as runner:
            results = sorted(runner.run(docnames), key=lambda result: result.docname)
            network = network_sentence(runner.network, runner.refusal)
    except RunnerError as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        print("stopped; what ran was ended", file=sys.stderr)
        return STATUS_OF_CONTROL_C
    for result in results:
        for failure in result.failures:
            print(f"{page_path(docs, result.docname)}:{failure.line}: {failure.message}")
    print(f"{count_outcomes(results)} in {time.perf_counter() - started:.1f} s; {network}")
    return 1 if any(result.failures for result in results) else 0


def _seconds(text: str) -> float:
    seconds = float(text)
    if seconds <= 0:
        raise ValueError
    return seconds


def _suggestion(docname: str, all_docnames: list[str]) -> str:
    """A question that names a similar page, or nothing."""
    last_part = docname.rpartition("/")[2]
    similar = [name for name in all_docnames if name.rpartition("/")[2] == last_part]
    similar = similar or difflib.get_close_matches(docname, all_docnames)
    return f"; did you mean {similar[0]}?" if similar else ""


def _docname(page: str, docs: Path) -> str:
    path = Path(page)
    if path.name == README:
        return page_name(path, docs) or page
    if path.suffix == ".md":
        path = path.with_suffix("")
    for folder in (docs, docs.resolve()):
        if path.is_relative_to(folder):
            path = path.relative_to(folder)
    return path.as_posix()


if __name__ == "__main__":
    sys.exit(main())
