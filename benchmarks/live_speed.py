"""Measures live pages in Chromium; `nox -s bench -- --live` starts it on the built site.

Prints a Markdown table, each figure with what it is meant to stay below, and writes the same to
build/live_speed.json. Times are compared with those of a bare Pyodide, taken in turns in the same
browser, so that a busy machine is unfair to none. It never fails because something took long.
"""

import argparse
import json
import os
import statistics
from typing import Any

from live_browser import ROOT, Site, chromium, megabytes, new_page, served_site
from playwright.sync_api import Browser

REPORT = ROOT / "build" / "live_speed.json"
PAGE = "python/lists"
ECHOES = 2000
TRANSFERRED_MEGABYTES = 64

# Milliseconds until a worker with nothing but Pyodide, as npm has it, prints.
BARE = """async (pyodide) => {
    const source = `
        import { loadPyodide } from "${pyodide}pyodide.mjs";
        const pyodide = await loadPyodide({ indexURL: "${pyodide}" });
        pyodide.setStdout({ batched: (text) => postMessage(text) });
        pyodide.runPython("print('ready')");
    `;
    const began = performance.now();
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(address, { type: "module" });
    await new Promise((resolve, reject) => {
        worker.onmessage = resolve;
        worker.onerror = ({ message }) => reject(new Error(message));
    });
    const taken = performance.now() - began;
    worker.terminate();
    return taken;
}"""

# Milliseconds from a press until the first block has printed.
PRESS = """async () => {
    const block = document.querySelector('[data-live-kind="session"]:not([data-live-reason])');
    block.querySelector(".live-session .terminal-output")?.remove();
    const began = performance.now();
    const printed = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
            const output = block.querySelector(".live-session .terminal-output");
            if (!output?.textContent) return;
            observer.disconnect();
            resolve(performance.now());
        });
        observer.observe(block, { childList: true, subtree: true, characterData: true });
    });
    block.querySelector('[data-live-action="run"]').click();
    return (await printed) - began;
}"""

# Milliseconds for a message to a worker that does nothing with it but send it back: what an echo,
# which takes two of these, cannot be faster than here.
MESSAGES = """async (count) => {
    const source = "onmessage = ({ data }) => postMessage(data)";
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(address);
    const message = { id: 1, value: new Uint8Array(100) };
    let left = count;
    const began = performance.now();
    await new Promise((resolve) => {
        worker.onmessage = () => {
            left -= 1;
            if (left) worker.postMessage(message);
            else resolve();
        };
        worker.postMessage(message);
    });
    worker.terminate();
    return (performance.now() - began) / count;
}"""

SERVER = """
import socket
with socket.create_server(("127.0.0.1", 9999)) as listener:
    print("Listening")
    sock, _ = listener.accept()
    with sock:
        for _ in range(ECHOES):
            sock.sendall(sock.recv(1024))
        left = MEGABYTES * 1_000_000
        while left:
            left -= len(sock.recv(1 << 20))
        sock.sendall(b"all")
        sock.recv(1)
"""
CLIENT = """
import socket, time
with socket.create_connection(("127.0.0.1", 9999)) as sock:
    message = b"x" * 100
    began = time.perf_counter()
    for _ in range(ECHOES):
        sock.sendall(message)
        sock.recv(1024)
    per_echo = (time.perf_counter() - began) / ECHOES
    print("echo", per_echo * 1000)
    input()
    data = bytes(1_000_000)
    began = time.perf_counter()
    for _ in range(MEGABYTES):
        sock.sendall(data)
    sock.recv(3)
    print("transfer", MEGABYTES / (time.perf_counter() - began))
    input()
"""
# Starts the server, and when it listens the client; gives the line in which that tells of echoes.
CONVERSE = """async ([scripts, data, server, client]) => {
    const { openPage } = await import(`${scripts}page_run.js`);
    const page = await openPage(data, scripts);
    const start = async (name, source) => {
        let text = "";
        let look = () => undefined;
        const python = await page.startPython(name, page.kernel, {
            onOutput: (more) => {
                text += more;
                look();
            },
            onPrompt: () => undefined,
        });
        const file = `${name}.py`;
        const ended = python.run({ argv: [file], files: { [file]: source } });
        const line = (wanted) => new Promise((resolve, reject) => {
            look = () => {
                const found = text.split("\\n").slice(0, -1).find((line) => line.includes(wanted));
                if (found) resolve(found);
            };
            look();
            ended.then(() => reject(new Error(text)), reject);
        });
        return { python, line };
    };
    const { line } = await start("server", server);
    await line("Listening");
    globalThis.benchClient = await start("client", client);
    return globalThis.benchClient.line("echo");
}"""
# Lets the client send much; gives the line in which that tells of it.
TRANSFER = """() => {
    globalThis.benchClient.python.type("");
    return globalThis.benchClient.line("transfer");
}"""


def in_new_context(browser: Browser, site: Site, action: str, page_name: str) -> float:
    """What an action takes in a browser that has nothing of the site in its cache, in ms."""
    with browser.new_context(bypass_csp=True) as context:
        page = new_page(context)
        page.goto(f"{site.address}/{page_name}.html")
        milliseconds: float = page.evaluate(action, site.pyodide)
        return milliseconds


def starts(browser: Browser, site: Site, runs: int) -> list[dict[str, Any]]:
    """The first output, the next ones, and the first one of a second visit."""
    bare, first, following, visits = [], [], [], []
    for _ in range(runs):
        bare.append(in_new_context(browser, site, BARE, PAGE))
        with browser.new_context() as context:
            page = new_page(context)
            page.goto(f"{site.address}/{PAGE}.html")
            first.append(page.evaluate(PRESS))
            same = "It printed the same as on the page."
            said = page.locator(".live-status", has_text=same)
            said.wait_for()
            following += [page.evaluate(PRESS) for _ in range(3)]
            page.wait_for_function("navigator.serviceWorker.controller !== null")
            page.goto(f"{site.address}/{PAGE}.html")
            visits.append(page.evaluate(PRESS))

    def figure(name: str, values: list[float], aim: float | None) -> dict[str, Any]:
        ratio = statistics.median(values) / statistics.median(bare)
        details = f"{described(values)} against {described(bare)}"
        return {"name": name, "value": ratio, "unit": "", "aim": aim, "details": details}

    return [
        figure("first output / bare Pyodide's", first, 1.15),
        figure("output of the next run / bare Pyodide's", following, 0.2),
        figure("first output of a second visit / bare Pyodide's", visits, None),
    ]


def described(milliseconds: list[float]) -> str:
    """Some times in words."""
    low, high = min(milliseconds), max(milliseconds)
    return f"{statistics.median(milliseconds):.0f} ms ({low:.0f} to {high:.0f})"


def conversation(browser: Browser, site: Site, runs: int) -> list[dict[str, Any]]:
    """Echoes, a transfer, and the memory of the two programs before it and after."""
    messages, echoes, speeds, memory, memory_after = [], [], [], [], []
    constants = f"ECHOES, MEGABYTES = {ECHOES}, {TRANSFERRED_MEGABYTES}\n"
    for _ in range(runs):
        with browser.new_context(bypass_csp=True) as context:
            page = new_page(context)
            page.goto(f"{site.address}/{PAGE}.html")
            messages.append(page.evaluate(MESSAGES, ECHOES))
            before = megabytes(browser)
            values = [site.scripts, site.data(PAGE), constants + SERVER, constants + CLIENT]
            echoes.append(float(page.evaluate(CONVERSE, values).split()[-1]))
            memory.append(megabytes(browser) - before)
            speeds.append(float(page.evaluate(TRANSFER).split()[-1]))
            memory_after.append(megabytes(browser) - before)

    def figure(name: str, values: list[float], unit: str, aim: str | None) -> dict[str, Any]:
        details = f"{min(values):.3g} to {max(values):.3g}"
        value = statistics.median(values)
        return {"name": name, "value": value, "unit": unit, "aim": aim, "details": details}

    return [
        figure("round trip of a 100-byte echo", echoes, "ms", "< 0.5"),
        figure("a bare message to a worker and back", messages, "ms", None),
        figure("throughput of a connection", speeds, "MB/s", "> 50"),
        figure("memory of two programs", memory, "MB", "< 250"),
        figure(f"the same after {TRANSFERRED_MEGABYTES} MB went over", memory_after, "MB", None),
    ]


def main() -> None:
    """Measures and reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of each figure")
    arguments = parser.parse_args()
    with served_site() as site, chromium() as browser:
        version = browser.version
        figures = [
            *starts(browser, site, arguments.runs),
            *conversation(browser, site, arguments.runs),
        ]
    load = os.getloadavg() if hasattr(os, "getloadavg") else None
    report = {"chromium": version, "load": load, "runs": arguments.runs, "figures": figures}
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print("| what | median | aim | from |\n| --- | --- | --- | --- |")
    for figure in figures:
        aim = figure["aim"]
        aim = "" if aim is None else aim if isinstance(aim, str) else f"< {aim:g}"
        value = f"{figure['value']:.3g} {figure['unit']}".strip()
        print(f"| {figure['name']} | {value} | {aim} | {figure['details']} |")
    print(f"\nChromium {version}, load {load}, {arguments.runs} runs")


if __name__ == "__main__":
    main()
