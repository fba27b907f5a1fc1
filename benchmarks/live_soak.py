"""Runs and stops programs in one page of Chromium; `nox -s soak -- --live` starts it.

Each round presses Run, waits until server and client talk, and ends them, in turn with Stop and
with Reset. What must not grow is printed: workers, the page's own memory, what its process holds.
The exit status is 1 if it grows.
"""

import argparse
import statistics
import sys

from live_browser import chromium, megabytes, new_page, served_site
from playwright.sync_api import Page

PAGE = "sockets/udp"
GROUP = '[data-live-kind="terminals"]:not([data-live-reason])'
# The first rounds fill caches.
WARM_UP = 5
# Of two halves of the rounds, by how much the later one may hold more, in megabytes.
HEAP_GROWTH = 3
PROCESS_GROWTH = 60


def round_of(page: Page, number: int) -> None:
    """Starts the programs, talks, and ends them."""
    group = page.locator(GROUP).first
    group.locator('[data-live-action="run"]').click()
    client = group.locator('[data-live-terminal="client"]')
    line = client.get_by_role("textbox")
    line.fill("round")
    line.press("Enter")
    client.locator("pre", has_text="ROUND").wait_for()
    if number % 2:
        group.locator('[data-live-action="stop"]').click()
        group.locator(".live-status", has_text="All programs have ended.").wait_for()
    else:
        group.locator('[data-live-action="reset"]').click()
        group.locator(".live-terminal").first.wait_for(state="detached")


def main() -> int:
    """Runs and reports; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50, help="how many runs and stops")
    arguments = parser.parse_args()
    heaps, held, workers = [], [], []
    with served_site() as site, chromium() as browser, browser.new_context() as context:
        page = new_page(context)
        page.goto(f"{site.address}/{PAGE}.html")
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        for number in range(1, arguments.runs + WARM_UP + 1):
            round_of(page, number)
            session.send("HeapProfiler.collectGarbage")
            metrics = session.send("Performance.getMetrics")["metrics"]
            heap = next(each["value"] for each in metrics if each["name"] == "JSHeapUsedSize") / 1e6
            count = len(page.workers)
            holds = megabytes(browser)
            print(
                f"{number}: {count} workers, heap {heap:.1f} MB, process {holds:.0f} MB", flush=True
            )
            if number > WARM_UP:
                heaps.append(heap)
                held.append(holds)
                workers.append(count)
    half = len(heaps) // 2
    heap_growth = statistics.median(heaps[half:]) - statistics.median(heaps[:half])
    growth = statistics.median(held[half:]) - statistics.median(held[:half])
    print(f"{arguments.runs} runs; workers left {max(workers)}")
    print(f"growth from half to half: heap {heap_growth:.2f} MB, process {growth:.1f} MB")
    grows = max(workers) > 0 or heap_growth > HEAP_GROWTH or growth > PROCESS_GROWTH
    return 1 if grows else 0


if __name__ == "__main__":
    sys.exit(main())
