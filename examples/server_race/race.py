"""Let servers of different kinds answer the same clients, and print how they did.

    python race.py --servers threaded,asyncio --clients 1,100 --slow 1

It needs psutil; uvloop takes part if it is installed.
"""

import argparse
import math
import sys
from collections.abc import Iterator, Sequence

from contestants import CONTESTANTS, NAMES, Contestant
from open_files import LimitError, allow_connections
from running_server import ServerError
from trial import Figures, measure

HEADINGS = ("server", "clients", "answers/s", "median", "99 %", "memory", "no answer", "broken")
WIDTHS = (10, 7, 10, 10, 10, 9, 9, 6)


def milliseconds(seconds: float | None) -> str:
    """Three digits, such as `0.123 ms`; a dash for what there is not."""
    if seconds is None:
        return "-"
    thousandths = seconds * 1000
    decimals = max(0, 2 - math.floor(math.log10(thousandths)))
    return f"{thousandths:,.{decimals}f} ms"


def megabytes(size: int | None) -> str:
    """Such as `12.3 MB`; a dash for what is not known."""
    return "-" if size is None else f"{size / 1e6:.1f} MB"


def row(cells: Sequence[str]) -> str:
    """Cells as a line of a table, the first to the left, all others to the right."""
    first, *others = zip(cells, WIDTHS, strict=True)
    aligned = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return " ".join(aligned).rstrip()


def cells(figures: Figures) -> tuple[str, ...]:
    """What the table shows of them."""
    return (
        figures.server,
        f"{figures.clients:,}",
        f"{figures.rate:,.0f}",
        milliseconds(figures.median),
        milliseconds(figures.percentile99),
        megabytes(figures.memory),
        f"{figures.unanswered:,}",
        f"{figures.broken:,}",
    )


def names(text: str) -> list[str]:
    """Names of servers, from what the command line says."""
    found = text.split(",")
    if unknown := [name for name in found if name not in CONTESTANTS]:
        raise argparse.ArgumentTypeError(
            f"there is no server {unknown[0]!r}; there are {', '.join(NAMES)}"
        )
    return found


def numbers(text: str) -> list[int]:
    """Numbers of clients, from what the command line says."""
    found = [int(number) for number in text.split(",")]
    if min(found) < 1:
        raise argparse.ArgumentTypeError("a race needs at least one client")
    return found


def read_command_line(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What to run; prints how to call it and ends if it cannot be read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--servers", type=names, help=f"of {','.join(NAMES)}; all if left out")
    parser.add_argument("--clients", type=numbers, default=[1, 10, 100, 1000], help="1,10,...")
    parser.add_argument("--slow", type=int, default=0, help="slow clients beside them")
    parser.add_argument("--seconds", type=float, default=2, help="for each line of the table")
    return parser.parse_args(arguments)


def contestants(chosen: Sequence[str] | None) -> Iterator[Contestant]:
    """Those that can take part here; says of the others why they do not.

    Args:
        chosen: Names; None for all.
    """
    for name in chosen or NAMES:
        contestant = CONTESTANTS[name]
        if contestant.obstacle:
            print(f"{name} is left out: {contestant.obstacle}", file=sys.stderr)
        else:
            yield contestant


def main() -> None:
    """Run what the command line asks for."""
    arguments = read_command_line()
    try:
        allow_connections(max(arguments.clients) + arguments.slow)
        taking_part = list(contestants(arguments.servers))
        print(row(HEADINGS), flush=True)
        for clients in arguments.clients:
            for contestant in taking_part:
                figures = measure(contestant, clients, arguments.slow, arguments.seconds)
                print(row(cells(figures)), flush=True)
    except (LimitError, ServerError, OSError) as error:
        sys.exit(f"race.py: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped")
