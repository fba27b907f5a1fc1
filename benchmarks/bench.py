"""Measures what running the examples costs; `nox -s bench` starts it.

Prints a Markdown table of medians and ratios, each with what it is meant to stay below, and writes
the same to build/benchmarks.json. It never fails because something took long. With `--race` it
measures the servers of examples/server_race instead, and writes the results that their page shows;
with `--growth`, how the build grows with the number of pages, beside other generators.
"""

import argparse
import functools
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from copied_sites import own_site
from measuring import Times, run, take_turns

from tested_pages.host_process import NETWORK_VARIABLE
from tested_pages.page_paths import all_pages, page_path
from tested_pages.page_runner import PageRunner
from tested_pages.socket_calls import recording_environment

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CODE = ROOT / "src" / "tutorial_examples"
SITE = ROOT / "build" / "html"
REPORT = ROOT / "build" / "benchmarks.json"
STORED_RESULTS_BUILD = Path(__file__).with_name("build_with_stored_results.py")
EMPTY_PAGES = 50
RECORDED_DATAGRAMS = 1000
DATAGRAMS = f"""
import socket, time
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
address = receiver.getsockname()
started = time.perf_counter()
for _ in range({RECORDED_DATAGRAMS}):
    sender.sendto(b"hello", address)
    receiver.recvfrom(1024)
print(time.perf_counter() - started)
"""


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        name: What was measured.
        value: The result.
        unit: Its unit; "" for a ratio.
        aim: What it should stay below, in the same unit; None if there is no such thing.
        details: What it was computed from.
    """

    name: str
    value: float
    unit: str
    aim: float | None
    details: str

    def as_row(self) -> str:
        """A row of the Markdown table."""
        aim = "" if self.aim is None else f"< {self.aim:g} {self.unit}".strip()
        return f"| {self.name} | {self.value:.3g} {self.unit} | {aim} | {self.details} |"


def cost_of_examples(runs: int, folder: Path) -> Figure:
    """Clean builds that run the examples, and ones that take their results from a file."""
    docnames = all_pages(DOCS)
    stored = folder / "results.json"
    with PageRunner(DOCS, CODE) as runner:
        results = [result.as_json() for result in runner.run(docnames)]
    stored.write_text(json.dumps(results), encoding="utf-8")

    def build(*command: str | Path) -> None:
        site = folder / "site"
        run(sys.executable, *command, "--fresh-env", "--quiet", DOCS, site)
        shutil.rmtree(site)

    with_examples, without = take_turns(
        runs, lambda: build("-m", "sphinx"), lambda: build(STORED_RESULTS_BUILD, stored)
    )
    return Figure(
        "running the examples / building without",
        (with_examples.median - without.median) / without.median,
        "",
        0.5,
        f"{len(docnames)} pages; with {with_examples}, without {without}",
    )


def process_of_a_page(runs: int, folder: Path, network: str) -> Figure:
    """Pages without examples: process, network, folder, namespace, and the end of them all."""
    docs = folder / f"empty-pages-{network}"
    docs.mkdir()
    docnames = [f"page{number}" for number in range(EMPTY_PAGES)]
    for docname in docnames:
        (docs / f"{docname}.md").write_text("# A page without examples\n", encoding="utf-8")
    os.environ[NETWORK_VARIABLE] = network
    try:
        with PageRunner(docs, folder, jobs=1) as runner:
            list(runner.run(docnames[:1]))
            [times] = take_turns(runs, lambda: list(runner.run(docnames)))
            refusal = runner.refusal if network == "own" else ""
    finally:
        del os.environ[NETWORK_VARIABLE]
    per_page = Times([seconds / EMPTY_PAGES for seconds in times.seconds])
    name = "a page's own process" + (", network of its own" if network == "own" else "")
    details = f"one after another, {per_page} each" + (f"; refused: {refusal}" if refusal else "")
    return Figure(name, per_page.median * 1000, "ms", 50, details)


def build_of_nothing(runs: int, nox: str) -> Figure:
    """`nox -s docs` and `sphinx-build`, both with nothing to do."""
    doctrees = f"--doctree-dir={SITE.with_name('doctrees')}"

    def by_nox() -> str:
        return run(nox, "-m", "nox", "-s", "docs")

    def by_sphinx() -> str:
        return run(sys.executable, "-m", "sphinx", "--fail-on-warning", doctrees, DOCS, SITE)

    by_nox()
    by_nox()
    nox_times, sphinx_times = take_turns(runs, by_nox, by_sphinx)
    return Figure(
        "`nox -s docs` for nothing / `sphinx-build` for nothing",
        nox_times.median / sphinx_times.median,
        "",
        2,
        f"{nox_times}, {sphinx_times}",
    )


def one_page(runs: int, nox: str, docname: str) -> Figure:
    """The command for contributors."""
    [times] = take_turns(runs, lambda: run(nox, "-m", "nox", "-s", "page", "--", docname))
    return Figure(f"`nox -s page -- {docname}`", times.median, "s", 2, str(times))


def one_edit(runs: int, folder: Path, docnames: list[str]) -> Iterator[Figure]:
    """One page edited and the site built: its prose, or an example, for which its examples run."""
    docs = own_site(folder / "edited", 1)
    bare = folder / "bare"
    bare.mkdir()
    (bare / "index.rst").write_text("Bare\n====\n", encoding="utf-8")
    (bare / "conf.py").touch()

    def build(docs: Path) -> None:
        site = docs.with_name(f"{docs.name}-site")
        run(sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet", docs, site)

    def edit_and_build(docname: str, more: str) -> None:
        with page_path(docs, docname).open("a", encoding="utf-8") as text:
            text.write(more)
        build(docs)

    build(docs)
    build(bare)
    for docname in docnames:
        prose, example, nothing, of_sphinx = take_turns(
            runs,
            functools.partial(edit_and_build, docname, "\nOne more sentence.\n"),
            functools.partial(edit_and_build, docname, "\n```python\n>>> 1 + 1\n2\n```\n"),
            lambda: build(docs),
            lambda: build(bare),
        )
        build_of = f"`sphinx-build`, `{docname}`:"
        details = f"{prose}; Sphinx alone, one empty page, no edit: {of_sphinx}"
        yield Figure(f"{build_of} a sentence more", prose.median, "s", 1.5, details)
        yield Figure(f"{build_of} an example more", example.median, "s", 1.5, str(example))
        yield Figure(f"{build_of} nothing edited", nothing.median, "s", None, str(nothing))


def recorder(runs: int, folder: Path) -> Iterator[Figure]:
    """What it costs a program that its socket calls are recorded."""
    plain = dict(os.environ)
    recorded = plain | recording_environment(folder / "calls", "bench", plain)

    def python(code: str, environment: dict[str, str]) -> str:
        return run(sys.executable, "-c", code, environment=environment)

    code = "import socket"
    plain_times, recorded_times = take_turns(
        runs * 5, lambda: python(code, plain), lambda: python(code, recorded)
    )
    yield Figure(
        "recorder, start of a program",
        (recorded_times.median - plain_times.median) * 1000,
        "ms more",
        None,
        f"with {recorded_times}, without {plain_times}",
    )
    seconds: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(runs):
        for is_recorded, environment in ((False, plain), (True, recorded)):
            seconds[is_recorded].append(float(python(DATAGRAMS, environment)))
    calls = 2 * RECORDED_DATAGRAMS
    per_call = {key: Times([each / calls * 1e6 for each in seconds[key]]) for key in seconds}
    yield Figure(
        "recorder, one call",
        per_call[True].median - per_call[False].median,
        "µs more",
        None,
        f"with {per_call[True].median:.1f} µs, without {per_call[False].median:.1f} µs",
    )


def main() -> None:
    """Measures and reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nox", default=sys.executable, help="a Python that has nox")
    parser.add_argument("--runs", type=int, default=5, help="of each build and command")
    parser.add_argument("--page", default="sockets/udp", help="the page to run alone")
    pages = ["python/lists", "sockets/udp"]
    parser.add_argument("--edited", nargs="*", default=pages, help="the pages to edit")
    parser.add_argument(
        "--race",
        action="store_true",
        help="measure the servers of server_race; with --runs=0 show again what was measured",
    )
    parser.add_argument(
        "--growth", action="store_true", help="build up to 8 times the site, by others too"
    )
    parser.add_argument(
        "--copies", type=int, nargs="+", default=[1, 2, 4, 8], help="of the site, with --growth"
    )
    parser.add_argument(
        "--notebook-copies", type=int, default=8, help="at most so many are built by MyST-NB"
    )
    arguments = parser.parse_args()
    os.chdir(ROOT)
    if arguments.race:
        # It needs packages that nothing else here does.
        import server_race

        server_race.main(arguments.runs)
        return
    if arguments.growth:
        import growth

        growth.main(arguments.copies, arguments.notebook_copies)
        return
    started = time.time()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        figures = [
            cost_of_examples(arguments.runs, folder),
            process_of_a_page(arguments.runs, folder, "own"),
            process_of_a_page(arguments.runs, folder, "shared"),
            build_of_nothing(arguments.runs, arguments.nox),
            one_page(arguments.runs, arguments.nox, arguments.page),
            *one_edit(arguments.runs, folder, arguments.edited),
            *recorder(arguments.runs, folder),
        ]
    surroundings = {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "processors": os.cpu_count(),
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "seconds": round(time.time() - started),
        "runs": arguments.runs,
    }
    REPORT.parent.mkdir(exist_ok=True)
    report = {**surroundings, "figures": [asdict(figure) for figure in figures]}
    REPORT.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print("| what | median | aim | from |\n| --- | --- | --- | --- |")
    for figure in figures:
        print(figure.as_row())
    print("\n" + ", ".join(f"{name} {value}" for name, value in surroundings.items()))


if __name__ == "__main__":
    main()
