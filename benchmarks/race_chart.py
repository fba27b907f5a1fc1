"""Draws the figures of the race of servers: each chart once for light pages and once for dark."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import ticker
from matplotlib.figure import Figure

MARKERS = "os^DvPX"
# A picture that is drawn again from the same figures is the same file.
NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
# Told apart also by those who see no red or no green (Okabe and Ito), once on white, once on black.
LIGHT = ("#000000", "#d55e00", "#9c6b00", "#0072b2", "#a8497f", "#00785a", "#2b8fc7")
DARK = ("#ffffff", "#ff8a3d", "#f0c94a", "#4fa8e8", "#e79fc6", "#35c9a0", "#9bd4f7")


@dataclass(frozen=True)
class Theme:
    """Colours of a chart; it has no background of its own."""

    name: str
    ink: str
    grid: str
    lines: Sequence[str]


THEMES = (Theme("light", "#1d2733", "#cbd3db", LIGHT), Theme("dark", "#e6ebf1", "#3b4653", DARK))


def draw(figures: Sequence[Any], folder: Path) -> None:
    """Draw answers per second and the 99th percentile over the number of clients.

    Args:
        figures: `trial.Figures` of all servers with the same numbers of clients.
        folder: Gets `answers_light.svg`, `waits_light.svg`, and both for dark pages.
    """
    for theme in THEMES:
        rates = [(one.server, one.clients, one.rate) for one in figures]
        waits = [(one.server, one.clients, (one.percentile99 or 0) * 1000) for one in figures]
        _draw_lines(rates, "answers per second", "linear", theme, folder / "answers")
        _draw_lines(waits, "ms that 99 % of waits do not exceed", "log", theme, folder / "waits")


def _draw_lines(
    points: Sequence[tuple[str, int, float]], title: str, scale: str, theme: Theme, path: Path
) -> None:
    style = {
        "svg.fonttype": "none",
        "svg.hashsalt": path.name,
        "font.family": "sans-serif",
        "font.size": 10,
        "text.color": theme.ink,
        "axes.labelcolor": theme.ink,
        "axes.edgecolor": theme.grid,
        "xtick.color": theme.ink,
        "ytick.color": theme.ink,
        "grid.color": theme.grid,
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(4.2, 4.4), layout="constrained")
        axes = figure.subplots()
        names = list(dict.fromkeys(name for name, _, _ in points))
        for name, marker, colour in zip(names, MARKERS, theme.lines, strict=False):
            own = [(clients, value) for server, clients, value in points if server == name]
            axes.plot(*zip(*own, strict=True), label=name, marker=marker, color=colour)
        axes.set_xscale("log")
        axes.set_yscale(scale)
        axes.set_xticks(sorted({clients for _, clients, _ in points}))
        axes.xaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,.0f}"))
        axes.yaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,g}"))
        axes.minorticks_off()
        axes.set_xlabel("clients")
        axes.set_title(title, loc="left", fontsize=10)
        axes.grid(visible=True, linewidth=0.5)
        if scale == "linear":
            axes.set_ylim(bottom=0)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        figure.legend(loc="outside lower center", ncols=3, frameon=False)
        file = path.with_name(f"{path.name}_{theme.name}.svg")
        figure.savefig(file, transparent=True, metadata=NO_METADATA)
