"""Pages of the site in a real browser: pressed, typed into, compared, checked, stopped."""

import functools
import http.server
import io
import re
import shutil
import threading
from pathlib import Path

import pytest
from chromium import ARGUMENTS, WITHOUT_WINDOWS, find_chromium, wait_until
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from live_pages import node_build

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    *("python/lists", "python/input", "sockets/udp", "sockets/tcp", "sockets/framing"),
    *("sockets/concurrency", "sockets/asyncio", "sockets/unix_sockets"),
)
CHROMIUM = find_chromium(WITHOUT_WINDOWS)
CONFIGURATION = """\
import sys
sys.path.insert(0, {extensions!r})
extensions = ["myst_parser", "sphinx_design", "sphinx_exercise", "checkable_exercises"]
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
html_theme = "sphinx_book_theme"
"""
# Python is loaded by a machine that may be busy with other things.
GENEROUS_MILLISECONDS = 120_000
SAME = "It printed the same as on the page."

RUNNABLE_TERMINALS = '[data-live-kind="terminals"]:not([data-live-reason])'

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium found; CHROMIUM may name one"),
    pytest.mark.skipif(
        not (ROOT / "node_modules" / "pyodide").is_dir(), reason="npm's packages are not installed"
    ),
]


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files, and writes nothing of it."""

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of a site of some pages."""
    root = tmp_path_factory.mktemp("site")
    docs = root / "docs"
    for page in PAGES:
        (docs / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "docs" / f"{page}.md", docs / f"{page}.md")
        code = Path("src", "tutorial_examples", page)
        shutil.copytree(ROOT / code, root / code)
    configuration = CONFIGURATION.format(extensions=str(ROOT / "docs" / "_extensions"))
    (docs / "conf.py").write_text(configuration, encoding="utf-8")
    toctree = "\n".join(PAGES)
    (docs / "index.md").write_text(f"# Site\n\n```{{toctree}}\n{toctree}\n```\n", encoding="utf-8")
    build_site(root)
    return root / "out"


def build_site(root):
    """Builds the pages below root/docs into root/out."""
    docs = str(root / "docs")
    folders = (docs, docs, str(root / "out"), str(root / "doctrees"))
    with patch_docutils(docs), docutils_namespace():
        # Directives of other extensions are unknown to it, and of no account here.
        Sphinx(*folders, "html", status=io.StringIO(), warning=io.StringIO()).build()


@pytest.fixture(scope="module")
def address(site):
    """Where the site is served."""
    handler = functools.partial(QuietHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser():
    """The browser."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def window(browser):
    """A tab, in which a page may say no error."""
    window = browser.new_page()
    window.set_default_timeout(GENEROUS_MILLISECONDS)
    window.requested = []
    errors = []
    window.on("request", lambda request: window.requested.append(request.url))
    window.on("pageerror", lambda error: errors.append(str(error)))
    yield window
    window.close()
    assert errors == []


def block(window, kind, position=0):
    return window.locator(f'[data-live-kind="{kind}"]:not([data-live-reason])').nth(position)


def press(place, action):
    place.locator(f'[data-live-action="{action}"]').click()


def wait_for_status(place, text):
    place.locator(".live-status", has_text=text).wait_for()


def play(group):
    """Plays what the page shows; to a busy machine, its programs may seem to hang."""
    for _ in range(3):
        press(group, "play")
        status = group.locator(".live-status", has_text=re.compile("the same|differs"))
        status.wait_for()
        if status.inner_text() == SAME:
            return
    assert status.inner_text() == SAME


def test_nothing_is_loaded_before_the_first_press(window, address):
    window.goto(f"{address}/python/lists.html")
    block(window, "session").locator('[data-live-action="run"]').wait_for()
    loaded = {url.rpartition("/")[2].partition("?")[0] for url in window.requested if "live" in url}
    assert loaded == {"live.js", "live.css"}


def test_all_programs_of_a_page_share_one_interpreter(window, address):
    window.goto(f"{address}/sockets/udp.html")
    play(block(window, "terminals"))
    loaded = [url for url in window.requested if url.endswith("pyodide.asm.wasm")]
    assert len(loaded) == 1
    started = [url for url in window.requested if url.endswith("pyodide.mjs")]
    assert len(started) > 1


KEPT = """async (count) => {
    const [name] = await caches.keys();
    if (name === undefined || navigator.serviceWorker.controller === null) return false;
    const kept = await (await caches.open(name)).keys();
    return kept.filter(({ url }) => url.startsWith(name)).length >= count;
}"""


def bundled_files(site):
    """The folder of what is loaded at the first press, and how many files are in it."""
    [folder] = [path.parent for path in (site / "_static" / "live").glob("*/page_run.js")]
    return folder.name, sum(path.is_file() for path in folder.rglob("*"))


def test_what_ran_once_runs_without_a_network(window, address, site):
    window.goto(f"{address}/python/lists.html")
    registrations = "navigator.serviceWorker.getRegistrations().then(({ length }) => length)"
    assert window.evaluate(registrations) == 0
    first = block(window, "session")
    press(first, "run")
    wait_for_status(first, SAME)
    wait_until(window, KEPT, bundled_files(site)[1])
    window.goto(f"{address}/index.html")
    window.context.set_offline(True)
    gone = "fetch('/never-asked-for.txt').then(() => false, () => true)"
    assert window.evaluate(gone)
    window.goto(f"{address}/python/lists.html")
    press(first, "run")
    wait_for_status(first, SAME)
    window.goto(f"{address}/index.html")
    assert window.get_by_role("heading", name="Site").is_visible()


def test_new_build_forgets_the_old_one(window, address, site, monkeypatch):
    window.goto(f"{address}/python/lists.html")
    first = block(window, "session")
    press(first, "run")
    wait_for_status(first, SAME)
    before, count = bundled_files(site)
    wait_until(window, KEPT, count)
    monkeypatch.setattr(node_build, "digest_of_sources", lambda: "0" * 64)
    build_site(site.parent)
    assert bundled_files(site)[0] == "0" * 16
    window.requested.clear()
    window.reload()
    press(first, "run")
    wait_for_status(first, SAME)
    wait_until(
        window,
        "() => caches.keys().then((names) => names.length === 1 && names[0].includes('/0000'))",
    )
    wait_until(window, KEPT, count)
    assert not any(before in url for url in window.requested)
    window.context.set_offline(True)
    window.reload()
    press(first, "run")
    wait_for_status(first, SAME)


def test_session_prints_the_same(window, address):
    window.goto(f"{address}/python/lists.html")
    first = block(window, "session")
    press(first, "run")
    wait_for_status(first, SAME)
    assert first.locator(".live-session").inner_text().startswith(">>> ")
    # One that uses names of those above it.
    later = block(window, "session", 5)
    press(later, "run")
    wait_for_status(later, SAME)
    assert all(url.startswith((address, "blob:")) for url in window.requested)


def test_changed_session_runs_with_its_changes(window, address):
    window.goto(f"{address}/python/lists.html")
    first = block(window, "session")
    press(first, "edit")
    editor = first.locator(".cm-content")
    editor.press("Control+a")
    window.keyboard.insert_text("for number in range(2):\n    number * 21\n\n'done'")
    window.keyboard.press("Control+Enter")
    wait_for_status(first, "Your code ran.")
    printed = first.locator(".live-session").inner_text()
    assert [line for line in printed.splitlines() if line[:3] not in (">>>", "...")] == [
        "0",
        "21",
        "'done'",
    ]
    press(first, "reset")
    assert first.locator(".cm-content").count() == 0


def test_terminals_play_what_the_page_shows(window, address):
    window.set_viewport_size({"width": 360, "height": 800})
    window.goto(f"{address}/sockets/udp.html")
    group = block(window, "terminals")
    play(group)
    client = group.locator('[data-live-terminal="client"] pre').inner_text()
    assert "Send: Hello\nHELLO\n" in client
    rows = window.locator("figure.wire:visible").first.locator("li.wire-message")
    assert "5 bytes b'Hello'" in rows.first.inner_text().replace("\n", " ")
    assert window.evaluate("document.documentElement.scrollWidth") == 360


def test_reader_types_and_stops_the_server(window, address):
    window.goto(f"{address}/sockets/udp.html")
    group = block(window, "terminals")
    press(group, "run")
    client = group.locator('[data-live-terminal="client"]')
    line = client.get_by_role("textbox")
    line.fill("one's own text")
    line.press("Enter")
    client.locator("pre", has_text="ONE'S OWN TEXT").wait_for()
    client.get_by_role("button", name="As on the page").click()
    client.locator("pre", has_text="HOW ARE YOU?").wait_for()
    client.locator("pre").press("Control+d")
    server = group.locator('[data-live-terminal="server"]')
    server.locator('[data-live-key="^C"]').click()
    server.locator("pre", has_text="Stopped").wait_for()
    wait_for_status(group, "All programs have ended.")
    press(group, "reset")
    assert group.locator(".live-terminal").count() == 0


def test_changed_listing_runs_and_is_stopped(window, address):
    window.goto(f"{address}/sockets/udp.html")
    listing = block(window, "listing")
    press(listing, "edit")
    listing.locator(".cm-content").press("Control+Home")
    window.keyboard.insert_text("print('changed')\n")
    window.keyboard.press("Control+Enter")
    listing.locator(".live-terminal pre", has_text="Listening on").wait_for()
    assert "changed" in listing.locator(".live-terminal pre").inner_text()
    press(listing, "stop")
    listing.locator(".live-terminal pre", has_text="Stopped").wait_for()
    wait_for_status(listing, "Ended with status 0.")


@pytest.mark.parametrize(
    ("page", "program"),
    [
        ("sockets/tcp", "upper_server.py"),
        ("sockets/tcp", "silent_server.py"),  # which is reset, and whose clients are interrupted
        ("sockets/concurrency", "thread_server.py"),
        ("sockets/asyncio", ""),
        ("sockets/unix_sockets", "upper_server.py"),
    ],
)
def test_servers_and_clients_play_what_the_page_shows(window, address, page, program):
    window.goto(f"{address}/{page}.html")
    group = window.locator(RUNNABLE_TERMINALS, has_text=program).first
    play(group)


def test_wire_shows_who_waits(window, address):
    window.goto(f"{address}/sockets/tcp.html")
    recorded = window.locator("figure.wire").first
    play(block(window, "terminals"))
    drawn = window.locator("figure.wire:visible").first
    drawn.locator("li.wire-waits", has_text="accept() waits").last.wait_for()
    # Which other calls had to wait may differ on a busy machine.
    port = re.compile(r"[3-6]\d{4}")
    connections = [
        "".join(wire.locator("li", has_text="connection").first.text_content().split())
        for wire in (recorded, drawn)
    ]
    assert len({port.sub("PORT", text) for text in connections}) == 1


def test_program_asks_and_the_reader_answers(window, address):
    window.goto(f"{address}/python/input.html")
    listing = block(window, "listing")
    press(listing, "run")
    line = listing.get_by_role("textbox")
    for typed in ("Ada", "1990"):
        line.fill(typed)
        line.press("Enter")
    wait_for_status(listing, "Ended with status 0.")
    assert "Ada" in listing.locator(".live-terminal pre").inner_text()


def edit(place, window, source):
    """Puts a source in place of a block's, and runs it."""
    press(place, "edit")
    place.locator(".cm-content").press("Control+a")
    window.keyboard.insert_text(source)
    window.keyboard.press("Control+Enter")


def test_error_in_changed_code_is_told_as_python_tells_it(window, address):
    window.goto(f"{address}/python/lists.html")
    first = block(window, "session")
    edit(first, window, "rows = [1, 2]\nrows[2]")
    wait_for_status(first, "Your code ran.")
    assert "IndexError: list index out of range" in first.locator(".live-session").inner_text()
    first.locator(".cm-content").press("Control+a")
    window.keyboard.insert_text("rows = [1, 2")
    window.keyboard.press("Control+Enter")
    first.locator(".live-session", has_text="SyntaxError: '[' was never closed").wait_for()


def test_stop_interrupts_what_waits(window, address):
    window.goto(f"{address}/python/lists.html")
    first = block(window, "session")
    edit(first, window, "import time\nprint('sleeping')\ntime.sleep(10_000)")
    first.locator(".live-session", has_text="sleeping\n").wait_for()
    press(first, "stop")
    wait_for_status(first, "Your code ran.")
    assert "KeyboardInterrupt" in first.locator(".live-session").inner_text()


def test_second_stop_ends_what_computes(window, address):
    window.goto(f"{address}/python/lists.html")
    first = block(window, "session")
    edit(first, window, "print('busy')\nwhile True:\n    pass")
    first.locator(".live-session", has_text="busy\n").wait_for()
    press(first, "stop")
    wait_for_status(first, "press Stop once more")
    press(first, "stop")
    wait_for_status(first, "Stopped. The next run begins anew.")
    press(first, "reset")
    press(first, "run")
    wait_for_status(first, SAME)


def test_weather_breaks_lines_into_bytes(window, address):
    window.goto(f"{address}/sockets/framing.html")
    group = window.locator(RUNNABLE_TERMINALS, has_text="naive_server.py").first
    assert window.get_by_label("one byte at a time").count() == 0
    group.evaluate("one => { one.closest('details').open = true; }")
    press(group, "run")
    group.get_by_label("one byte at a time").check()
    line = group.locator('[data-live-terminal="client"]').get_by_role("textbox")
    line.fill("ab\\n")
    line.press("Enter")
    printed = group.locator('[data-live-terminal="server"] pre')
    group.locator("pre", has_text="line b'a'\nline b'b'\nline b''\n").wait_for()
    assert "b'ab" not in printed.inner_text()


def answer(window, name, source):
    """Opens the editor below an exercise with the keyboard alone, and writes an answer."""
    place = window.locator(f'[data-live-exercise="{name}"]')
    place.locator('[data-live-action="answer"]').press("Enter")
    place.locator(".cm-content").wait_for()
    window.keyboard.press("Control+a")
    window.keyboard.insert_text(source)
    return place


def verdict(place, outcome):
    """The lines of the verdict, which is in sight and has been announced."""
    place.locator("strong", has_text=outcome).wait_for()
    announced = place.page.locator(".live-announcements").inner_text()
    lines = place.locator(".live-verdict p").all_inner_texts()
    assert announced.replace(". ", "\n", 1).split("\n") == lines
    return lines


def listing(name):
    return (ROOT / "src" / "tutorial_examples" / name).read_text(encoding="utf-8")


def test_exercise_of_the_language_is_checked_with_the_keyboard_alone(window, address):
    window.goto(f"{address}/python/lists.html")
    place = window.locator('[data-live-exercise="queue"]')
    place.locator('[data-live-action="answer"]').press("Enter")
    editor = place.locator(".cm-content")
    editor.wait_for()
    assert editor.inner_text().startswith("def requeue(queue):")
    window.keyboard.press("Control+Enter")
    message = verdict(place, "not as expected")[-1]
    assert message.startswith("requeue(['Ann', 'Bob', 'Cleo']) must change its first argument")
    window.keyboard.press("Control+a")
    window.keyboard.insert_text(listing("python/lists/requeue.py"))
    # Tab would indent.
    window.keyboard.press("Escape")
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.textContent") == "Check"
    window.keyboard.press("Enter")
    assert verdict(place, "solved") == ["queue: solved"]
    assert all(url.startswith((address, "blob:")) for url in window.requested)


def test_answer_is_kept_and_can_be_reset(window, address):
    window.goto(f"{address}/python/lists.html")
    answer(window, "queue", "# my own")
    window.reload()
    place = window.locator('[data-live-exercise="queue"]')
    place.locator('[data-live-action="answer"]').click()
    assert place.locator(".cm-content").inner_text() == "# my own"
    press(place, "reset")
    assert place.locator(".cm-content").inner_text().startswith("def requeue(queue):")
    window.reload()
    place.locator('[data-live-action="answer"]').click()
    assert place.locator(".cm-content").inner_text().startswith("def requeue(queue):")


def test_server_is_checked_with_rude_clients(window, address):
    window.goto(f"{address}/sockets/tcp.html")
    server = listing("sockets/tcp/upper_server.py")
    place = answer(window, "server", server.replace("except ConnectionError", "except EOFError"))
    window.keyboard.press("Control+Enter")
    message = verdict(place, "not as expected")[-1]
    # A client that leaves while an answer is on its way resets its connection too.
    assert re.match("a client (reset its connection|left in the middle of a message)", message)
    assert message.endswith("(catch ConnectionError: it costs the server one client, not its life)")
    place.locator(".cm-content").press("Control+a")
    window.keyboard.insert_text(server)
    press(place, "check")
    assert verdict(place, "solved") == ["server: solved"]


def test_answer_without_end_is_stopped(window, address):
    window.goto(f"{address}/python/lists.html")
    place = answer(window, "queue", "while True:\n    pass")
    window.keyboard.press("Control+Enter")
    place.locator(".live-verdict", has_text="importing my_answer.py").wait_for()
    press(place, "stop")
    wait_for_status(place, "Stopped.")
    assert place.locator(".live-verdict:visible").count() == 0
    place.locator(".cm-content").press("Control+a")
    window.keyboard.insert_text(listing("python/lists/requeue.py"))
    press(place, "check")
    assert verdict(place, "solved") == ["queue: solved"]


def test_browser_that_cannot_says_so_once(window, address):
    window.add_init_script("delete WebAssembly.Suspending")
    window.goto(f"{address}/python/lists.html")
    assert window.locator(".live-note").count() == 1
    assert "137" in window.locator(".live-note").inner_text()
    assert window.locator(".live-button").count() == 0


def test_page_opened_from_a_file_says_what_to_do(window, site):
    window.goto((site / "python" / "lists.html").as_uri())
    assert "python -m http.server" in window.locator(".live-note").inner_text()
