"""Measures the servers of examples/server_race, and writes what their page shows of it."""

import datetime
import json
import os
import platform
import sys
import textwrap
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil

RACE = Path(__file__).resolve().parents[1] / "examples" / "server_race"
RESULTS = RACE / "results"
PAGE = RACE / "README.md"
BEGIN = "<!-- measured: `nox -s bench -- --race` writes what follows -->"
END = "<!-- /measured -->"
sys.path.append(str(RACE))

from contestants import CONTESTANTS, Contestant  # noqa: E402
from open_files import allow_connections  # noqa: E402
from race import megabytes, milliseconds  # noqa: E402
from trial import Figures, measure  # noqa: E402

from race_chart import draw  # noqa: E402  # isort: skip

CLIENTS = (1, 10, 100, 1000)
CLIENTS_BESIDE_SLOW = 10
SECONDS = 2
# Less than this share of all processors is busy: a good moment. For seconds to wait for it at most.
QUIET = 0.1
PATIENCE = 2


def race(trials: Sequence[tuple[Contestant, int, int]], runs: int) -> list[Figures]:
    """The best run of each trial.

    Other programs can only slow a server down, so the run with the most answers is the truest.

    Args:
        trials: A server, how many clients it has, and how many slow ones there are beside them.
        runs: How often each is made, in turns.
    """
    found: list[list[Figures]] = [[] for _ in trials]
    for number in range(runs):
        for runs_of_trial, trial in zip(found, trials, strict=True):
            wait_until_quiet(QUIET, PATIENCE)
            runs_of_trial.append(measure(*trial, SECONDS))
            print(f"run {number + 1}: {runs_of_trial[-1]}", flush=True)
    return [max(each, key=lambda figures: figures.rate) for each in found]


def wait_until_quiet(bearable: float, patience: float) -> None:
    """Wait until the processors have little to do, or the patience is used up.

    Args:
        bearable: The share of all processors that may be busy, for half a second.
        patience: Seconds to wait at most.
    """
    end = time.monotonic() + patience
    while time.monotonic() < end and psutil.cpu_percent(interval=0.5) > bearable * 100:
        pass


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with a line above it."""
    lines = [
        f"| {' | '.join(heads)} |",
        f"|---{'|--:' * (len(heads) - 1)}|",
        *(f"| {' | '.join(cells)} |" for cells in rows),
    ]
    text = f"{title}\n\n" + "\n".join(lines) + "\n"
    for unit in ("ms", "MB"):  # which stay on the line of their number
        text = text.replace(f" {unit} |", f"\u00a0{unit} |")
    return text


def tables(figures: Sequence[Figures], slow: Sequence[Figures]) -> str:
    """All results as Markdown."""
    names = list(dict.fromkeys(one.server for one in figures))
    counts = list(dict.fromkeys(one.clients for one in figures))
    by_place = {(one.server, one.clients): one for one in figures}
    heads = ["", *(f"{count:,} client{'s' if count > 1 else ''}" for count in counts)]
    shown = [
        ("Answers per second:", lambda one: f"{one.rate:,.0f}"),
        ("Wait for an answer, median:", lambda one: milliseconds(one.median)),
        (
            "Wait for an answer that 99 % did not exceed:",
            lambda one: milliseconds(one.percentile99),
        ),
        ("Memory of the server, all its processes:", lambda one: megabytes(one.memory)),
    ]
    parts = [
        table(title, heads, [[name, *(cell(by_place[name, n]) for n in counts)] for name in names])
        for title, cell in shown
    ]
    parts.append(
        table(
            f"{CLIENTS_BESIDE_SLOW} clients, alone and beside one slow client:",
            ["server", "answers/s alone", "beside it", "99 % alone", "beside it", "never answered"],
            [
                [
                    beside.server,
                    f"{alone.rate:,.0f}",
                    f"{beside.rate:,.0f}",
                    milliseconds(alone.percentile99),
                    milliseconds(beside.percentile99),
                    str(beside.unanswered),
                ]
                for alone, beside in zip(slow[::2], slow[1::2], strict=True)
            ],
        )
    )
    return "\n".join(parts)


def priority() -> str:
    """How the system prefers this race to other programs, in words; empty if it does not."""
    if hasattr(os, "sched_getscheduler") and os.sched_getscheduler(0) != os.SCHED_OTHER:
        return "real-time priority"
    niceness = os.nice(0) if hasattr(os, "nice") else 0
    return f"nice value {niceness}" if niceness else ""


def surroundings(runs: int) -> dict[str, object]:
    """Machine, Python and date."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "processors": os.cpu_count(),
        "machine": platform.machine(),
        "priority": priority(),
        "runs": runs,
        "seconds": SECONDS,
    }


def write_into_page(text: str) -> None:
    """Replace what the page shows of an earlier race.

    Args:
        text: Markdown that ends with a newline.

    Raises:
        SystemExit: The page has lost the comments between which the results stand.
    """
    page = PAGE.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{PAGE}: the results belong between {BEGIN} and {END}; one is missing")
    PAGE.write_text(f"{before}{begin}\n\n{text}\n{end}{after}", encoding="utf-8")


def measured(runs: int) -> dict[str, Any]:
    """Run the race, and return all that is to be stored of it.

    Args:
        runs: How often each server is measured.
    """
    allow_connections(max(CLIENTS) + 1)
    contestants = [one for one in CONTESTANTS.values() if not one.obstacle]
    figures = race([(one, count, 0) for count in CLIENTS for one in contestants], runs)
    # With and without, one right after the other: the machine changes in the course of a race.
    slow = race(
        [(one, CLIENTS_BESIDE_SLOW, count) for one in contestants for count in (0, 1)], runs
    )
    return {
        **surroundings(runs),
        "figures": [asdict(one) for one in figures],
        "slow": [asdict(one) for one in slow],
    }


def write_out(report: dict[str, Any]) -> None:
    """Write what the page shows: tables into it, and charts beside it."""
    figures = [Figures(**one) for one in report["figures"]]
    slow = [Figures(**one) for one in report["slow"]]
    sentence = (
        f"Measured on {report['date']} with {report['python']} on {report['system']}, "
        f"{report['machine']}, {report['processors']} processors. Of each server's "
        f"{report['runs']} runs of {report['seconds']} s the best one is shown, since other "
        "programs on the machine can only make it worse."
    )
    if report["priority"]:
        sentence += f" The race went before them, with {report['priority']}."
    write_into_page(f"{textwrap.fill(sentence, 100)}\n\n{tables(figures, slow)}")
    draw(figures, RESULTS)


def main(runs: int) -> None:
    """Measure, and write figures, tables and charts.

    Args:
        runs: How often each server is measured; 0 writes out once more what was measured before.
    """
    stored = RESULTS / "figures.json"
    if runs:
        RESULTS.mkdir(exist_ok=True)
        stored.write_text(json.dumps(measured(runs), indent=1) + "\n", encoding="utf-8")
    write_out(json.loads(stored.read_text(encoding="utf-8")))
    print(f"Written to {RESULTS} and {PAGE}")
